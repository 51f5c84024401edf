package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.recording.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of upstream Rezolus, with DuckDB and upstream's own tools to say what is in them. */
class RealRecordingsTest {
  private static final String DEMO = "recordings/demo.parquet";
  private static final String REPORT = "recordings/mr2-report.parquet";
  private static final String SMALL = "recordings/simple_capture.parquet";
  private static final String RECORDED = "upstream/recorded.parquet";
  private static final String CONVERTED = "upstream/raw-converted.parquet";

  static final List<String> ALL = List.of(DEMO, REPORT, SMALL, RECORDED, CONVERTED);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {DEMO, REPORT, SMALL, RECORDED, CONVERTED})
  void duckdb_reads_the_same_values_nulls_and_keys(String name) throws Exception {
    Path path = TestData.path(name);
    assertSameInDuckDb(path, ParquetRecording.open(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {DEMO, REPORT, SMALL, RECORDED, CONVERTED})
  void written_again_in_several_row_groups_everything_is_kept(String name) throws Exception {
    ParquetRecording recording = ParquetRecording.open(TestData.path(name));
    Contents before = Contents.of(recording);
    Path path = folder.resolve("again.parquet");
    int rows = before.columns().get(0).rows().size();
    before.write(path, 100);
    ParquetRecording again = ParquetRecording.open(path);
    assertEquals((rows + 99) / 100, again.table().parts());
    assertEquals(before, Contents.of(again));
    assertSameInDuckDb(path, again);
  }

  @Test
  void columns_types_and_labels_are_those_that_upstream_sees() throws IOException {
    List<ArrowField> fields = ParquetRecording.open(TestData.path(RECORDED)).fields();
    JsonObject described = described();
    List<ArrowField> expected = new ArrayList<>();
    for (JsonElement element : described.getAsJsonArray("schema")) {
      JsonObject field = element.getAsJsonObject();
      Map<String, String> metadata = new TreeMap<>();
      field
          .getAsJsonObject("metadata")
          .entrySet()
          .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().getAsString()));
      String type = field.get("type").getAsString();
      expected.add(
          new ArrowField(
              field.get("name").getAsString(),
              type.startsWith("List")
                  ? ArrowField.Type.UINT64_LIST
                  : ArrowField.Type.valueOf(type.toUpperCase(Locale.ROOT)),
              field.get("nullable").getAsBoolean(),
              metadata));
    }
    assertEquals(expected, fields);
    JsonObject geometry = described.getAsJsonObject("geometry");
    ParquetRecording recording = ParquetRecording.open(TestData.path(RECORDED));
    assertEquals(geometry.get("num_rows").getAsLong(), recording.table().rows());
    assertEquals(geometry.get("num_columns").getAsInt(), fields.size());
  }

  @Test
  void file_keys_are_those_that_upstream_sees() throws IOException {
    Map<String, String> metadata = ParquetRecording.open(TestData.path(RECORDED)).metadata();
    JsonObject described = described().getAsJsonObject("file_metadata");
    assertEquals(described.keySet(), metadata.keySet());
    described
        .entrySet()
        .forEach(
            entry -> {
              JsonElement value = entry.getValue();
              String stored = metadata.get(entry.getKey());
              boolean text = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
              assertEquals(
                  value,
                  text
                      ? JsonParser.parseString("\"" + stored + "\"")
                      : JsonParser.parseString(stored),
                  entry.getKey());
            });
  }

  @Test
  void what_a_schema_repeats_of_the_file_keys_is_not_taken_for_them() throws Exception {
    Path path = TestData.path(REPORT);
    String schema =
        new String(
            Base64.getDecoder().decode(DuckDb.keys(path).get(ParquetRecording.ARROW_SCHEMA)),
            StandardCharsets.ISO_8859_1);
    assertTrue(schema.contains("selection"), "the report repeats its keys");
    assertEquals("trimmed", ParquetRecording.open(path).metadata().get("report"));
  }

  private static void assertSameInDuckDb(Path path, ParquetRecording recording)
      throws IOException, SQLException {
    List<Contents.Column> ours = Contents.of(recording).columns();
    List<List<String>> theirs = DuckDb.columns(path);
    assertEquals(theirs.size(), ours.size());
    for (int i = 0; i < theirs.size(); i++) {
      assertEquals(theirs.get(i), ours.get(i).unsigned(), ours.get(i).field().name());
    }
    Map<String, String> keys = DuckDb.keys(path);
    keys.remove(ParquetRecording.ARROW_SCHEMA);
    assertEquals(keys, recording.metadata());
  }

  private static JsonObject described() throws IOException {
    return JsonParser.parseString(
            Files.readString(TestData.path("upstream/metadata-recorded.parquet.json")))
        .getAsJsonObject();
  }
}
