package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  private static final long START = 1_700_000_000_000_000_000L;

  @TempDir private Path folder;
  private Path file;

  /** Two rows in two row groups: a counter above 2^63, a gauge that is not there once. */
  @BeforeEach
  void setUp() throws IOException {
    file = folder.resolve("run.parquet");
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            field("1", ArrowField.Type.UINT64, "requests", Map.of("op", "a\"b,c\\d")),
            field("2", ArrowField.Type.INT64, "temperature", Map.of("unit", "Celsius")),
            field(
                "3:buckets",
                ArrowField.Type.UINT64_LIST,
                "latency",
                Map.of("unit", "nanoseconds", "grouping_power", "3", "max_value_power", "64")),
            field("4", ArrowField.Type.UINT64, "requests", Map.of("op", "a\"b,c\\d")),
            field("5", ArrowField.Type.INT64, "requests_total", Map.of()));
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(file, fields, WriteOptions.CONVERSION)) {
      for (int row = 0; row < 2; row++) {
        BitSet present = new BitSet();
        present.set(0, row == 0);
        long[] buckets = new long[496];
        buckets[15] = row + 1;
        buckets[495] = 1;
        out.startRowGroup(1);
        out.longs(new long[] {START + row * 1_500_000_001L});
        out.longs(new long[] {-24 + row});
        out.longs(new Longs(new long[] {-5}, present));
        out.lists(new long[][] {buckets});
        out.longs(new long[] {row});
        out.longs(new long[] {7});
      }
      out.finish(Map.of("source", "rezolus", "descriptions", "{\"latency\":\"how\\nlong\"}"));
    }
  }

  @Test
  void csv_has_a_row_per_moment_and_different_names() {
    assertEquals(
        """
        timestamp,"requests{op=""a\\""b,c\\\\d""}",temperature,latency,\
        "requests{column=""4"",op=""a\\""b,c\\\\d""}",requests_total
        1700000000000000000,18446744073709551592,-5,15:1 18446744073709551615:1,0,7
        1700000001500000001,18446744073709551593,,15:2 18446744073709551615:1,1,7
        """,
        ToolRun.export(file, "--to", "csv").succeeds().out());
  }

  @Test
  void json_has_exact_numbers_and_a_documented_shape() {
    String text = ToolRun.export(file, "--to", "json").succeeds().out();
    JsonObject root = JsonParser.parseString(text).getAsJsonObject();
    assertEquals("rezolus-export", root.get("format").getAsString());
    assertEquals("rezolus", root.getAsJsonObject("metadata").get("source").getAsString());
    assertEquals("[1700000000000000000,1700000001500000001]", root.get("timestamps").toString());
    JsonArray series = root.getAsJsonArray("series");
    JsonObject counter = series.get(0).getAsJsonObject();
    assertEquals("[18446744073709551592,18446744073709551593]", counter.get("values").toString());
    assertEquals("a\"b,c\\d", counter.getAsJsonObject("labels").get("op").getAsString());
    assertEquals("[-5,null]", series.get(1).getAsJsonObject().get("values").toString());
    assertEquals(
        "[[[15,1],[18446744073709551615,1]],[[15,2],[18446744073709551615,1]]]",
        series.get(2).getAsJsonObject().get("values").toString());
    assertEquals(3, series.get(2).getAsJsonObject().get("grouping_power").getAsInt());
  }

  @Test
  void fractions_of_prometheus_endpoints_are_decimals_again() throws IOException {
    Path scaled = folder.resolve("scaled.parquet");
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            field("1", ArrowField.Type.UINT64, "seconds", Map.of("value_scale", "1000000000")),
            field("2", ArrowField.Type.INT64, "load", Map.of("value_scale", "1000")));
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(scaled, fields, WriteOptions.CONVERSION)) {
      out.startRowGroup(2);
      out.longs(new long[] {START, START + 1});
      out.longs(new long[] {4_500_000_000L, -1});
      out.longs(new long[] {-1250, 3000});
      out.finish(Map.of("source", "x"));
    }
    assertEquals(
        "timestamp,seconds,load\n"
            + "1700000000000000000,4.5,-1.25\n"
            + "1700000000000000001,18446744073.709551615,3\n",
        ToolRun.export(scaled, "--to", "csv").succeeds().out());
    String json = ToolRun.export(scaled, "--to", "json").succeeds().out();
    assertTrue(json.contains("[4.5,18446744073.709551615]"), json);
    assertTrue(json.contains("[-1.25,3]"), json);
    String metrics = ToolRun.export(scaled, "--to", "openmetrics").succeeds().out();
    assertTrue(metrics.contains("\nload -1.25 1700000000.000000000\n"), metrics);
    assertTrue(metrics.contains("\nseconds_total 4.5 1700000000.000000000\n"), metrics);
  }

  @Test
  void openmetrics_has_families_units_help_and_cumulative_buckets() {
    assertEquals(
        """
        # TYPE latency_nanoseconds histogram
        # UNIT latency_nanoseconds nanoseconds
        # HELP latency_nanoseconds how\\nlong
        latency_nanoseconds_bucket{le="15.0"} 1 1700000000.000000000
        latency_nanoseconds_bucket{le="1.8446744073709552e+19"} 2 1700000000.000000000
        latency_nanoseconds_bucket{le="+Inf"} 2 1700000000.000000000
        latency_nanoseconds_count 2 1700000000.000000000
        latency_nanoseconds_sum 1.8446744073709552E19 1700000000.000000000
        latency_nanoseconds_bucket{le="15.0"} 2 1700000001.500000001
        latency_nanoseconds_bucket{le="1.8446744073709552e+19"} 3 1700000001.500000001
        latency_nanoseconds_bucket{le="+Inf"} 3 1700000001.500000001
        latency_nanoseconds_count 3 1700000001.500000001
        latency_nanoseconds_sum 1.8446744073709552E19 1700000001.500000001
        # TYPE requests counter
        requests_total{op="a\\"b,c\\\\d"} 18446744073709551592 1700000000.000000000
        requests_total{op="a\\"b,c\\\\d"} 18446744073709551593 1700000001.500000001
        requests_total{column="4",op="a\\"b,c\\\\d"} 0 1700000000.000000000
        requests_total{column="4",op="a\\"b,c\\\\d"} 1 1700000001.500000001
        # TYPE requests_total_gauge gauge
        requests_total_gauge 7 1700000000.000000000
        requests_total_gauge 7 1700000001.500000001
        # TYPE temperature_Celsius gauge
        # UNIT temperature_Celsius Celsius
        temperature_Celsius -5 1700000000.000000000
        # EOF
        """,
        ToolRun.export(file, "--to", "openmetrics").succeeds().out());
  }

  @Test
  void arrow_is_read_back_with_types_units_labels_and_values() throws IOException {
    Path output = folder.resolve("run.arrow");
    ToolRun.export(file, "--to", "arrow", "-o", output).succeeds();
    try (RootAllocator memory = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(
                new ByteArrayReadableSeekableByteChannel(Files.readAllBytes(output)), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      var fields = root.getSchema().getFields();
      assertEquals("Timestamp(NANOSECOND, UTC)", fields.get(0).getType().toString());
      assertEquals(new ArrowType.Int(64, false), fields.get(1).getType());
      assertEquals("temperature", fields.get(2).getName());
      assertEquals("Celsius", fields.get(2).getMetadata().get("unit"));
      assertEquals("a\"b,c\\d", fields.get(1).getMetadata().get("op"));
      assertEquals(new ArrowType.Int(64, true), fields.get(2).getType());
      int rows = 0;
      while (reader.loadNextBatch()) {
        UInt8Vector counter = (UInt8Vector) root.getVector(1);
        for (int row = 0; row < root.getRowCount(); row++) {
          assertEquals(-24L + rows, counter.get(row));
          assertEquals(rows == 0 ? -5L : null, root.getVector(2).getObject(row));
          assertEquals(rows + 1L, ((List<?>) root.getVector(3).getObject(row)).get(15));
          rows++;
        }
      }
      assertEquals(2, rows);
    }
  }

  @Test
  void metrics_and_moments_can_be_chosen() {
    assertEquals(
        "timestamp,temperature\n1700000000000000000,-5\n",
        ToolRun.export(file, "--to", "csv", "--metric", "temp*", "--end", "2023-11-14T22:13:20Z")
            .succeeds()
            .out());
    assertEquals(
        2,
        ToolRun.export(file, "--to", "csv", "--start", "1700000001.5")
            .succeeds()
            .out()
            .lines()
            .count());
    ToolRun.export(file, "--to", "csv", "--start", "1800000000").fails(1, "no row");
    ToolRun.export(file, "--to", "csv", "--metric", "nope*").fails(1, "nope*", "requests");
    ToolRun.export(file, "--to", "csv", "--start", "5", "--end", "4").fails(2, "later");
    ToolRun.export(file, "--to", "csv", "--start", "yesterday").fails(2, "yesterday");
    ToolRun.export(file, "--to", "xml").fails(2, "xml");
  }

  @Test
  void an_output_appears_whole_and_replaces_nothing_unasked() throws IOException {
    Path output = Files.writeString(folder.resolve("o.csv"), "before");
    ToolRun.export(file, "--to", "csv", "-o", output).fails(1, "exists already");
    ToolRun.export(file, "--to", "csv", "-o", file, "--force").fails(1, "is the input");
    ToolRun.export(file, "--to", "csv", "-o", output, "--force", "--metric", "nope").fails(1);
    assertEquals("before", Files.readString(output));
    ToolRun.export(file, "--to", "csv", "-o", output, "--force").succeeds();
    assertEquals(3, Files.readAllLines(output).size());
    ToolRun.export(folder.resolve("none"), "--to", "csv").fails(1, "no such file");
  }

  @Test
  void every_value_of_a_real_recording_is_in_the_csv() throws IOException {
    Path demo = TestRecording.real("recordings/demo.parquet");
    Table table = ParquetRecording.open(demo).table();
    List<String> lines = ToolRun.export(demo, "--to", "csv").succeeds().out().lines().toList();
    assertEquals(303, lines.size());
    long[] times = table.timestamps(0);
    RecordedColumn first = table.columns().get(0);
    for (int row = 0; row < 302; row++) {
      String start = times[row] + "," + table.values(first, 0).values()[row] + ",";
      assertTrue(lines.get(row + 1).startsWith(start), lines.get(row + 1));
    }
  }

  @Test
  void openmetrics_of_real_recordings_keeps_the_rules_of_the_format() throws IOException {
    for (String name : List.of("recordings/demo.parquet", "upstream/recorded.parquet")) {
      Path real = TestRecording.real(name);
      List<String> lines =
          ToolRun.export(real, "--to", "openmetrics").succeeds().out().lines().toList();
      assertEquals("# EOF", lines.get(lines.size() - 1));
      Set<String> families = new HashSet<>();
      Set<String> ended = new HashSet<>();
      String series = "";
      String family = "";
      for (String line : lines.subList(0, lines.size() - 1)) {
        if (line.startsWith("# TYPE ")) {
          family = line.split(" ")[2];
          assertTrue(families.add(family), line);
          continue;
        }
        if (line.startsWith("#")) {
          continue;
        }
        assertTrue(line.matches("[a-zA-Z_:][\\w:]*(\\{.*\\})? [-+.eE\\d]+ \\d+\\.\\d{9}"), line);
        assertTrue(line.startsWith(family), line);
        if (!line.contains("_bucket") && !line.contains("_sum") && !line.contains("_count")) {
          String own = line.substring(0, line.lastIndexOf(' ', line.lastIndexOf(' ') - 1));
          if (!own.equals(series)) {
            assertTrue(ended.add(own), "again: " + own);
            series = own;
          }
        }
      }
    }
  }

  @Test
  void the_tables_of_an_archive_are_side_by_side() throws IOException {
    Path rez = TestRecording.copy("upstream/recorded.rez", folder);
    List<String> lines =
        ToolRun.export(rez, "--to", "csv", "--metric", "cpu_usage", "softirq")
            .succeeds()
            .out()
            .lines()
            .toList();
    assertTrue(lines.size() > 10, lines.size() + " lines");
    assertTrue(lines.get(0).contains("cpu_usage{"));
    assertTrue(lines.get(0).contains("softirq{"));
    assertFalse(lines.get(1).endsWith(",,,,"));
  }

  @Test
  void raw_snapshots_are_exported_like_their_conversion() throws IOException {
    String[] options = {"--to", "csv", "--metric", "cpu_usage"};
    Object[] raw = {
      TestRecording.real("upstream/raw.zst"), options[0], options[1], options[2], options[3]
    };
    Object[] converted = raw.clone();
    converted[0] = TestRecording.real("upstream/raw-converted.parquet");
    assertArrayEquals(
        ToolRun.export(converted).succeeds().bytes(), ToolRun.export(raw).succeeds().bytes());
  }

  @Test
  void raw_snapshots_that_break_off_are_exported_up_to_there_and_it_is_said() throws IOException {
    ByteArrayOutputStream snapshots = new ByteArrayOutputStream();
    for (int n = 1; n <= 3; n++) {
      snapshots.writeBytes(SnapshotServer.encode(n));
    }
    byte[] cut = Arrays.copyOf(snapshots.toByteArray(), snapshots.size() - 7);
    Path raw = Files.write(folder.resolve("cut.raw"), cut);
    ToolRun run = ToolRun.export(raw, "--to", "csv").succeeds();
    assertEquals(1 + 2, run.out().lines().count(), run.out());
    run.says("warning: " + raw + ": breaks off after 2 snapshots and is read up to there: ");
  }

  private static ArrowField field(
      String name, ArrowField.Type type, String metric, Map<String, String> more) {
    var metadata = new java.util.TreeMap<>(more);
    metadata.put("metric", metric);
    return new ArrowField(name, type, true, metadata);
  }
}
