package io.rezolus.libs.recording.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.libs.recording.combine.Made;
import io.rezolus.libs.recording.open.RecordingFiles;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as versions 1 and 2 left them, and pairs as other writers make them. */
class OlderArchivesTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"compression uncompressed", "compression zstd", "compression lz4_raw"})
  void segments_of_whatever_packing_are_read(String packing) throws Exception {
    Path segment = folder.resolve("s.parquet");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "copy (select (1000 + i)::ubigint as timestamp, (i % 3)::ubigint as c from range(500)"
              + " t(i)) to '"
              + segment
              + "' (format parquet, "
              + packing
              + ")");
    }
    add("r/cpu.parquet", Files.readAllBytes(segment));
    manifest(
        """
        {"version":1,"recordings":[{"dir":"r","labels":{},"metadata":{},
         "tables":[{"sampler":"cpu","file":"cpu.parquet","rows":500,"cadence_ns":1}]}]}
        """);
    try (TarRecordings archive = TarRecordings.open(write("a.rez"))) {
      Table table = archive.recordings().get(0).tables().get(0);
      assertEquals(1499, table.timestamps(0)[499]);
      assertEquals(499 % 3, table.values(table.columns().get(0), 0).values()[499]);
    }
  }

  @Test
  void every_recording_and_table_is_there_with_what_the_manifest_says() throws Exception {
    Made made = new Made(folder);
    for (String name : new String[] {"one", "two", "three"}) {
      made.agent(name, name.length(), 1, 2, 3, 4);
      add("x/" + name + ".parquet", Files.readAllBytes(folder.resolve(name + ".parquet")));
    }
    add("y/deep/0000.parquet", Files.readAllBytes(folder.resolve("one.parquet")));
    manifest(
        """
        {"version":2,"recordings":[
         {"dir":"x","labels":{"host":"h1"},"metadata":{"source":"rezolus"},"complete":true,
          "clock_anchor_wall_ns":7,"clock_offsets":[[1,2],[3,-4]],
          "tables":[{"sampler":"two","file":"two.parquet","columns":["0","1"],"rows":4},
                    {"sampler":"one","file":"one.parquet","rows":4},
                    {"sampler":"three","files":[],"file":"three.parquet","rows":4}]},
         {"dir":"y","labels":{},"metadata":{},
          "tables":[{"sampler":"deep","files":["deep/0000.parquet"],"rows":4}]}]}
        """);
    try (RecordingFile archive = RecordingFiles.open(write("x.rez.partial"))) {
      assertEquals(RecordingFormat.REZ_TAR, archive.format());
      List<Recording> recordings = archive.recordings();
      assertEquals(List.of("x", "y"), recordings.stream().map(Recording::name).toList());
      assertTrue(recordings.get(0).complete());
      assertFalse(recordings.get(1).complete(), "version 2 says so");
      assertEquals(3, recordings.get(0).tables().size());
      assertEquals("h1", recordings.get(0).labels().get("host"));
      assertEquals(4, recordings.get(1).tables().get(0).rows());
    }
    Path upgraded = folder.resolve("up.rez");
    TarUpgrade.upgrade(folder.resolve("x.rez.partial"), upgraded);
    try (RezFile file = RezFile.open(upgraded);
        TarRecordings before = TarRecordings.open(folder.resolve("x.rez.partial"))) {
      assertEquals(2, file.recordings().size());
      assertEquals(7, file.catalog().recordings().get(0).clockAnchorNanos());
      assertEquals(-4, file.catalog().recordings().get(0).clockOffsets().get(1).offsetNanos());
      for (int i = 0; i < 2; i++) {
        Recording old = before.recordings().get(i);
        assertEquals(old.labels(), file.recordings().get(i).labels());
        assertEquals(old.metadata(), file.recordings().get(i).metadata());
        assertEquals(old.complete(), file.recordings().get(i).complete());
        for (Table table : file.recordings().get(i).tables()) {
          assertSame(
              old.tables().stream()
                  .filter(each -> each.name().equals(table.name()))
                  .findFirst()
                  .orElseThrow(),
              table);
        }
      }
    }
  }

  @Test
  void windows_beside_the_values_are_those_of_the_values() throws Exception {
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField("0", ArrowField.Type.UINT64, true, Map.of("metric", "a")),
            new ArrowField("0:window_begin", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField("0:window_width", ArrowField.Type.UINT64, true, Map.of()));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.SEGMENT)) {
      out.startRowGroup(1);
      for (long value : new long[] {1000, 5, -10, 4}) {
        out.longs(new long[] {value});
      }
      out.finish(Map.of());
      add("r/s/0000.parquet", out.toByteArray());
    }
    manifest(
        """
        {"version":2,"recordings":[{"dir":"r","labels":{},"metadata":{},
         "tables":[{"sampler":"s","files":["s/0000.parquet"],"rows":1}]}]}
        """);
    try (TarRecordings archive = TarRecordings.open(write("a.rez"))) {
      Table table = archive.recordings().get(0).tables().get(0);
      Windows windows = table.windows(table.columns().get(0), 0);
      assertEquals(990, windows.begin()[0]);
      assertEquals(994, windows.end()[0]);
    }
  }

  @Test
  void a_pair_is_read_whatever_the_order_of_its_files_and_what_else_is_with_them()
      throws Exception {
    Made made = new Made(folder);
    made.service("b.parquet", "old", null, 1, 2, 3);
    made.service("e.parquet", "new", null, 5, 6);
    add("README", "for people".getBytes(StandardCharsets.UTF_8));
    add(
        "ab.json",
        "{\"version\":1,\"baseline\":{\"alias\":\"o\",\"sources\":[\"old\"]},\"experiment\":{\"alias\":\"n\",\"sources\":[\"new\"]},\"category\":\"c\",\"more\":1}"
            .getBytes(StandardCharsets.UTF_8));
    add("experiment.parquet", Files.readAllBytes(folder.resolve("e.parquet")));
    add("baseline.parquet", Files.readAllBytes(folder.resolve("b.parquet")));
    try (RecordingFile pair = RecordingFiles.open(write("odd.name"))) {
      assertEquals(RecordingFormat.AB_TAR, pair.format());
      assertEquals("o", pair.recordings().get(0).name());
      assertEquals(3, pair.recordings().get(0).tables().get(0).rows());
      assertEquals(2, pair.recordings().get(1).tables().get(0).rows());
      assertEquals("c", ((AbTar) pair).pair().category());
    }
  }

  private static void assertSame(Table expected, Table found) throws IOException {
    assertEquals(expected.parts(), found.parts());
    assertEquals(expected.columns(), found.columns());
    for (int part = 0; part < expected.parts(); part++) {
      assertArrayEquals(expected.timestamps(part), found.timestamps(part));
      for (RecordedColumn column : expected.columns()) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          assertArrayEquals(expected.histograms(column, part), found.histograms(column, part));
        } else {
          assertArrayEquals(
              expected.values(column, part).values(), found.values(column, part).values());
        }
      }
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    tar.write(TarHeader.of(name, bytes.length));
    tar.write(bytes);
    tar.write(new byte[(512 - bytes.length % 512) % 512]);
  }

  private void manifest(String json) throws IOException {
    add("manifest.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name) throws IOException {
    tar.write(new byte[1024]);
    return Files.write(folder.resolve(name), tar.toByteArray());
  }
}
