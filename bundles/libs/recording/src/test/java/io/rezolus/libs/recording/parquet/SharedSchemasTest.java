package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedSchemasTest {
  @Test
  void files_of_one_schema_have_the_same_columns_and_others_have_their_own() throws IOException {
    SharedSchemas schemas = new SharedSchemas();
    List<ParquetRecording> read =
        List.of(
            ParquetRecording.open(file("a", 1), "first", schemas),
            ParquetRecording.open(file("a", 2), "second", schemas),
            ParquetRecording.open(file("b", 3), "third", schemas));
    assertSame(read.get(0).table().columns(), read.get(1).table().columns());
    assertEquals("a", read.get(1).table().columns().get(0).label("id"));
    assertEquals("b", read.get(2).table().columns().get(0).label("id"));
    for (int i = 0; i < read.size(); i++) {
      assertEquals(i + 1, read.get(i).table().timestamps(0)[0]);
    }
  }

  private static byte[] file(String id, long value) throws IOException {
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField("x", ArrowField.Type.UINT64, true, Map.of("id", id)));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.CONVERSION)) {
      out.startRowGroup(1);
      out.longs(new long[] {value});
      out.longs(new long[] {value});
      out.finish(Map.of());
      return out.toByteArray();
    }
  }
}
