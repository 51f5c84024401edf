package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import io.rezolus.libs.recording.metadata.SourceNames;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of two machines and two services as upstream Rezolus combines them: instances of both
 * services are called 0, so that names repeat.
 */
class CombinedFilesTest {
  private static final int GROUPS = 3;
  private static final int ROWS = 50;
  private static final long LARGE = -24; // 2^64 - 24

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("combined.parquet");
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField("duration", ArrowField.Type.UINT64, true, Map.of()),
            field("web1::7", ArrowField.Type.UINT64, "rezolus", "node", "web1"),
            field("web2::7", ArrowField.Type.UINT64, "rezolus", "node", "web2"),
            field("0::7", ArrowField.Type.UINT64, "cache", "instance", "0"),
            field("0::7", ArrowField.Type.INT64, "db", "instance", "0"),
            field("0::8", ArrowField.Type.UINT64, "cache", "instance", "0"),
            field("0::8", ArrowField.Type.UINT64, "db", "instance", "0"),
            field("0::9:buckets", ArrowField.Type.UINT64_LIST, "cache", "instance", "0"),
            field("0::9:buckets", ArrowField.Type.UINT64_LIST, "db", "instance", "0"));
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      for (int group = 0; group < GROUPS; group++) {
        out.startRowGroup(ROWS);
        for (int i = 0; i < fields.size(); i++) {
          if (fields.get(i).type() == ArrowField.Type.UINT64_LIST) {
            out.lists(lists(i, group));
          } else {
            out.longs(longs(i, group));
          }
        }
      }
      out.finish(
          Map.of(
              "source", "[\"cache\",\"db\",\"rezolus\"]",
              "pinned_node", "web2",
              "per_source_metadata",
                  "{\"rezolus\":{\"web1\":{\"version\":\"5\"},\"web2\":{},\"role\":\"agent\","
                      + "\"descriptions\":{\"x\":\"y\"}},\"cache\":{\"0\":{}},\"db\":{\"0\":{}}}"));
    }
  }

  @Test
  void series_are_told_apart_by_source_node_and_instance() throws IOException {
    Table table = ParquetRecording.open(path).table();
    List<String> series = new ArrayList<>();
    for (RecordedColumn column : table.columns().subList(1, table.columns().size())) {
      series.add(
          column.kind()
              + " "
              + column.label("source")
              + " "
              + column.label("node")
              + column.label("instance"));
    }
    assertEquals(
        List.of(
            "COUNTER rezolus web1",
            "COUNTER rezolus web2",
            "COUNTER cache 0",
            "GAUGE db 0",
            "COUNTER cache 0",
            "COUNTER db 0",
            "HISTOGRAM cache 0",
            "HISTOGRAM db 0"),
        series);
  }

  @Test
  void each_has_its_own_values_in_every_row_group() throws IOException {
    Table table = ParquetRecording.open(path).table();
    assertEquals(GROUPS * ROWS, table.rows());
    for (int group = 0; group < GROUPS; group++) {
      for (RecordedColumn column : table.columns()) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          assertTrue(
              Arrays.deepEquals(lists(column.ordinal(), group), table.histograms(column, group)));
        } else {
          Longs expected = longs(column.ordinal(), group);
          Longs found = table.values(column, group);
          assertEquals(expected.present(), found.present());
          assertEquals(Arrays.toString(expected.values()), Arrays.toString(found.values()));
        }
      }
    }
  }

  @Test
  void sources_and_what_is_known_of_them_are_in_the_keys() throws IOException {
    Map<String, String> metadata = ParquetRecording.open(path).metadata();
    assertEquals(List.of("cache", "db", "rezolus"), SourceNames.parse(metadata.get("source")));
    PerSourceMetadata sources = PerSourceMetadata.parse(metadata.get(PerSourceMetadata.KEY));
    assertEquals(Set.of("web1", "web2"), sources.sources().get("rezolus").entries().keySet());
    assertEquals("5", sources.sources().get("rezolus").fact("web1", "version").getAsString());
    assertEquals("agent", sources.sources().get("rezolus").fact("web2", "role").getAsString());
  }

  @Test
  void duckdb_finds_the_same_in_each_of_the_namesakes() throws Exception {
    List<Contents.Column> ours = Contents.of(ParquetRecording.open(path)).columns();
    List<List<String>> theirs = DuckDb.columns(path);
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(theirs.get(i), ours.get(i).unsigned(), "column " + i);
    }
  }

  private static ArrowField field(
      String name, ArrowField.Type type, String source, String label, String value) {
    return new ArrowField(
        name,
        type,
        true,
        type == ArrowField.Type.UINT64_LIST
            ? Map.of(
                "metric",
                "lat",
                "source",
                source,
                label,
                value,
                "grouping_power",
                "0",
                "max_value_power",
                "2")
            : Map.of("metric", "hits", "source", source, label, value));
  }

  /** Column 6 has no value at all, the others none in some rows. */
  private static Longs longs(int column, int group) {
    long[] values = new long[ROWS];
    BitSet present = new BitSet();
    for (int row = 0; row < ROWS; row++) {
      if (column < 2 || column != 6 && (row + column) % 3 > 0) {
        values[row] = column == 0 ? 1000L * (group * ROWS + row) : LARGE - column * 1000L - row;
        present.set(row);
      }
    }
    return new Longs(values, present);
  }

  private static long[][] lists(int column, int group) {
    long[][] lists = new long[ROWS][];
    for (int row = group; row < ROWS; row += 2) {
      lists[row] = new long[] {row, column, LARGE};
    }
    return lists;
  }
}
