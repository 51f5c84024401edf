package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.core.api.metric.Schema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaEncodingTest {

  @Test
  void hashes_the_empty_schema() {
    SchemaEncoding encoding = SchemaEncoding.of(Schema.EMPTY);
    assertArrayEquals(WorkedExamples.hex("93909090"), encoding.bytes());
    assertEquals(0x6370115622757277L, encoding.hashHigh());
    assertEquals(0xb806e79deae054aeL, encoding.hashLow());
  }

  @Test
  void hashes_two_counters() {
    SchemaEncoding encoding = SchemaEncoding.of(WorkedExamples.v3().groups().get(0).schema());
    assertEquals(0x542230300954ef40L, encoding.hashHigh());
    assertEquals(0x6874f71931977071L, encoding.hashLow());
  }

  @Test
  void sorts_labels_by_their_bytes_also_beyond_the_basic_plane() {
    MsgpackBuffer out = new MsgpackBuffer();
    String halfwidth = "\uff41";
    String beyond = "\ud83d\ude00";
    SchemaEncoding.labels(out, WorkedExamples.member("m", beyond, "2", halfwidth, "1").labels());
    String text = new String(out.toByteArray(), StandardCharsets.UTF_8);
    assertEquals(true, text.indexOf(halfwidth) < text.indexOf(beyond));
  }
}
