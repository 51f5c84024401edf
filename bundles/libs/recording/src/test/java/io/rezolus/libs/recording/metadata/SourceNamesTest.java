package io.rezolus.libs.recording.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
  @Test
  void one_name_is_plain_and_several_are_an_array() {
    assertEquals(List.of("rezolus"), SourceNames.parse("rezolus"));
    assertEquals(List.of("vllm", "rezolus"), SourceNames.parse("[\"vllm\",\"rezolus\"]"));
    assertEquals("rezolus", SourceNames.format(List.of("rezolus", "rezolus")));
    assertEquals("[\"rezolus\",\"vllm\"]", SourceNames.format(List.of("vllm", "rezolus")));
  }

  @Test
  void an_absent_value_names_none_and_a_bracket_alone_is_a_name() {
    assertEquals(List.of(), SourceNames.parse(null));
    assertEquals(List.of(), SourceNames.parse(""));
    assertEquals(List.of("[::1]-4241"), SourceNames.parse("[::1]-4241"));
    assertEquals(List.of("[{}]"), SourceNames.parse("[{}]"));
  }
}
