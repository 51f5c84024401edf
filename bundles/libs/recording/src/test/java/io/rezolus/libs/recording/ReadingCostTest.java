package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.tar.AbPair;
import io.rezolus.libs.recording.tar.AbTar;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many bytes are read for what is asked. */
class ReadingCostTest {
  private static final int COLUMNS = 100;
  private static final int GROUPS = 3;
  private static final int ROWS = 1000;

  /** What ends every parquet file: the length of its footer, and four letters. */
  private static final int TAIL = 8;

  /** Random values cannot be packed: eight bytes each, with room for headers of pages. */
  private static final int CHUNK = 9 * ROWS;

  /** Headers of a tar, and the description in it. */
  private static final int TAR = 16 << 10;

  @TempDir Path folder;

  @Test
  void opening_a_parquet_recording_costs_its_footer() throws IOException {
    Path path = wide();
    long opened = BytesRead.by(() -> ParquetRecording.open(path));
    assertTrue(opened <= footer(path) + TAIL, opened + " of " + Files.size(path));
    assertTrue(opened * 10 < Files.size(path));
  }

  @Test
  void a_column_costs_that_column_and_a_part_of_it_that_part() throws IOException {
    Table table = ParquetRecording.open(wide()).table();
    for (RecordedColumn column : List.of(table.columns().get(0), table.columns().get(77))) {
      long part = BytesRead.by(() -> table.values(column, 1));
      assertTrue(part > 8 * ROWS && part < CHUNK, part + " bytes");
    }
    long times = BytesRead.by(() -> table.timestamps(2));
    assertTrue(times > 8 * ROWS && times < CHUNK, times + " bytes");
  }

  @Test
  void asking_for_columns_and_rows_costs_nothing() throws IOException {
    ParquetRecording recording = ParquetRecording.open(wide());
    assertEquals(
        0,
        BytesRead.by(
            () -> {
              assertEquals(COLUMNS, recording.table().columns().size());
              assertEquals(GROUPS * ROWS, recording.table().rows());
              recording.metadata();
            }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recordings/demo.parquet",
        "recordings/mr2-report.parquet",
        "upstream/recorded.parquet"
      })
  void no_byte_of_a_real_recording_is_read_for_two_columns(String name) throws IOException {
    Path path = TestData.path(name);
    long footer = footer(path) + TAIL;
    assertTrue(BytesRead.by(() -> ParquetRecording.open(path)) <= footer);
    Table table = ParquetRecording.open(path).table();
    long columns = 0;
    for (RecordedColumn column : table.columns()) {
      for (int part = 0; part < table.parts(); part++) {
        columns += read(table, column, part);
      }
    }
    assertTrue(columns > 0 && columns < Files.size(path) - footer, columns + " bytes");
  }

  @Test
  void recordings_in_a_tar_cost_no_more_than_by_themselves() throws IOException {
    Path path = wide();
    Path tar = folder.resolve("pair.parquet.ab.tar");
    AbPair.Side side = new AbPair.Side("a", List.of("a"));
    AbTar.write(tar, new AbPair(1, side, side, null), path, path);
    long opened = BytesRead.by(() -> AbTar.open(tar).close());
    assertTrue(opened <= 2 * (footer(path) + TAIL) + TAR, opened + " of " + Files.size(tar));
    try (AbTar pair = AbTar.open(tar)) {
      Table table = pair.recordings().get(1).tables().get(0);
      long part = BytesRead.by(() -> table.values(table.columns().get(50), 1));
      assertTrue(part > 8 * ROWS && part < CHUNK, part + " bytes");
    }
  }

  @Test
  void the_catalog_of_an_archive_costs_no_segment_and_a_segment_is_read_once() throws IOException {
    Path path = folder.resolve("a.rez");
    Files.copy(TestData.path("upstream/recorded.rez"), path);
    long size = Files.size(path);
    long catalog = BytesRead.by(() -> RezCatalog.read(path));
    assertTrue(catalog * 20 < size, catalog + " of " + size);
    // SQLite has no way to the end of a blob but through it, and the columns are there
    long opened = BytesRead.by(() -> RezFile.open(path).close());
    assertTrue(opened <= size + catalog, opened + " of " + size);
    try (RezFile file = RezFile.open(path)) {
      for (Table table : file.recordings().get(0).tables()) {
        for (RecordedColumn column : table.columns()) {
          assertTrue(read(table, column, 0) < size / 3, table.name());
        }
      }
    }
  }

  private static long read(Table table, RecordedColumn column, int part) throws IOException {
    return column.kind() == MetricKind.HISTOGRAM
        ? BytesRead.by(() -> table.histograms(column, part))
        : BytesRead.by(() -> table.values(column, part));
  }

  private Path wide() throws IOException {
    Path path = folder.resolve("wide.parquet");
    List<ArrowField> fields = new ArrayList<>();
    fields.add(new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()));
    for (int i = 0; i < COLUMNS; i++) {
      fields.add(
          new ArrowField(Integer.toString(i), ArrowField.Type.UINT64, true, Map.of("id", "" + i)));
    }
    Random random = new Random(5);
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      for (int group = 0; group < GROUPS; group++) {
        out.startRowGroup(ROWS);
        for (int i = 0; i <= COLUMNS; i++) {
          out.longs(random.longs(ROWS).toArray());
        }
      }
      out.finish(Map.of());
    }
    return path;
  }

  private static long footer(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(file.length() - TAIL);
      return Integer.reverseBytes(file.readInt());
    }
  }
}
