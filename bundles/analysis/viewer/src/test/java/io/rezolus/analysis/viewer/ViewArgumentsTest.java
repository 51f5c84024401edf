package io.rezolus.analysis.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewArgumentsTest {
  @Test
  void an_alias_stands_in_front_of_a_file_or_url() {
    assertEquals(new Input("before", "a.parquet"), Input.parse("before=a.parquet"));
    assertEquals(new Input("web", "http://h:1/x=y"), Input.parse("web=http://h:1/x=y"));
    assertEquals(new Input(null, "http://h:1/?x=y"), Input.parse("http://h:1/?x=y"));
    assertEquals(new Input(null, "./a=b.parquet"), Input.parse("./a=b.parquet"));
  }

  @Test
  void names_the_input_that_cannot_be_opened(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no recording");
    for (String bad :
        new String[] {
          folder.resolve("missing").toString(),
          folder.toString(),
          text.toString(),
          "http://127.0.0.1:1"
        }) {
      try (Inputs inputs =
          new Inputs(new SampleCache(1000), Duration.ofMinutes(1), 1000, capture -> {})) {
        CommandException e =
            assertThrows(CommandException.class, () -> inputs.open(Input.parse(bad)));
        assertEquals(1, e.exitCode());
        assertTrue(e.getMessage().contains(bad), e.getMessage());
      }
    }
  }
}
