package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrowSchemaTest {
  private static final List<ArrowField> FIELDS =
      List.of(
          new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of("unit", "nanoseconds")),
          new ArrowField("Temperatur °C", ArrowField.Type.INT64, true, Map.of()),
          new ArrowField(
              "latency:buckets",
              ArrowField.Type.UINT64_LIST,
              true,
              Map.of("metric", "latency", "grouping_power", "3", "max_value_power", "64")));

  @Test
  void reads_what_it_wrote() throws IOException {
    assertEquals(FIELDS, ArrowSchemaReader.read(ArrowSchemaWriter.write(FIELDS)));
    ArrowField element =
        new ArrowField("l", ArrowField.Type.UINT64_LIST, true, Map.of(), "element");
    assertEquals(
        List.of(element), ArrowSchemaReader.read(ArrowSchemaWriter.write(List.of(element))));
  }

  @Test
  void reads_a_schema_without_fields() throws IOException {
    assertEquals(List.of(), ArrowSchemaReader.read(ArrowSchemaWriter.write(List.of())));
  }

  @Test
  void reads_the_form_without_continuation_marker() throws IOException {
    byte[] framed = Base64.getDecoder().decode(ArrowSchemaWriter.write(FIELDS));
    byte[] old = java.util.Arrays.copyOfRange(framed, 4, framed.length);
    // offsets count from the message's own start, so the shorter frame changes nothing
    assertEquals(FIELDS, ArrowSchemaReader.read(Base64.getEncoder().encodeToString(old)));
  }

  @Test
  void refuses_damage_with_an_error_and_nothing_worse() {
    byte[] whole = Base64.getDecoder().decode(ArrowSchemaWriter.write(FIELDS));
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        ArrowSchemaReader.read(Base64.getEncoder().encodeToString(damaged));
      } catch (IOException expected) {
        continue;
      }
    }
    assertThrows(IOException.class, () -> ArrowSchemaReader.read("AAAA"));
    assertThrows(IOException.class, () -> ArrowSchemaReader.read("not base64!"));
  }
}
