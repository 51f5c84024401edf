package io.rezolus.wraps.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFileTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("timestamp", ColumnType.UINT64, true),
          Column.optional("cpu.usage/a b", ColumnType.UINT64),
          Column.optional("temperature", ColumnType.INT64),
          Column.optional("latency:buckets", ColumnType.UINT64_LIST),
          Column.optional("cpu.usage/a b", ColumnType.INT64));

  @TempDir Path dir;

  @Test
  void reads_back_every_row_group_and_columns_that_share_a_name() throws IOException {
    Path path = dir.resolve("out.parquet");
    try (ParquetOutput out = new ParquetOutput(path, COLUMNS, WriteOptions.CONVERSION)) {
      for (int group = 0; group < 2; group++) {
        long base = group * 10L;
        out.startRowGroup(3);
        out.writeColumn(cells -> each(cells, base, base + 1, base + 2));
        out.writeColumn(
            cells -> {
              cells.absent();
              cells.value(-24);
              cells.value(base);
            });
        out.writeColumn(cells -> each(cells, -5, -6, base));
        out.writeColumn(
            cells -> {
              cells.list(new long[] {0, 7, base, 99}, 3);
              cells.absent();
              cells.list(new long[] {Long.MIN_VALUE}, 1);
            });
        out.writeColumn(cells -> each(cells, 1, 2, 3));
      }
      out.finish(Map.of("source", "rezolus"));
    }

    ParquetFile file = ParquetFile.open(path);
    assertEquals(COLUMNS, file.columns());
    assertEquals("rezolus", file.keyValues().get("source"));
    assertEquals(2, file.rowGroups());
    assertEquals(6, file.rows());
    assertArrayEquals(new long[] {10, 11, 12}, file.readLongs(1, 0).values());
    Longs sparse = file.readLongs(1, 1);
    assertArrayEquals(new long[] {0, -24, 10}, sparse.values());
    assertEquals("{1, 2}", sparse.present().toString());
    assertArrayEquals(new long[] {-5, -6, 10}, file.readLongs(1, 2).values());
    long[][] lists = file.readLists(1, 3);
    assertArrayEquals(new long[] {0, 7, 10}, lists[0]);
    assertEquals(null, lists[1]);
    assertArrayEquals(new long[] {Long.MIN_VALUE}, lists[2]);
    assertArrayEquals(new long[] {1, 2, 3}, file.readLongs(0, 4).values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recordings/demo.parquet",
        "recordings/mr2-report.parquet",
        "recordings/simple_capture.parquet",
        "upstream/recorded.parquet",
        "upstream/raw-converted.parquet"
      })
  void reads_every_value_of_a_real_recording(String name) throws IOException {
    ParquetFile file = ParquetFile.open(testdata(name));
    assertTrue(file.rows() > 0);
    for (int group = 0; group < file.rowGroups(); group++) {
      for (int i = 0; i < file.columns().size(); i++) {
        if (file.columns().get(i).type() == ColumnType.UINT64_LIST) {
          int rows = file.rows(group);
          assertEquals(rows, file.readLists(group, i).length);
        } else {
          assertTrue(file.readLongs(group, i).present().length() <= file.rows(group));
        }
      }
    }
    assertEquals(new Column("timestamp", ColumnType.UINT64, true), file.columns().get(0));
    assertEquals(file.rows(0), file.readLongs(0, 0).present().cardinality());
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "ZSTD", "SNAPPY", "LZ4_RAW", "GZIP"})
  void packs_and_unpacks_a_page(CompressionCodecName codec) throws IOException {
    byte[] page = new byte[10_000];
    Arrays.fill(page, 100, 5000, (byte) 3);
    byte[] packed = new ForeignCompressor(codec).compress(page);
    byte[] unpacked = new byte[page.length + 5];
    Codecs.decompress(codec, packed, 0, packed.length, unpacked, 2, page.length);
    assertArrayEquals(page, Arrays.copyOfRange(unpacked, 2, page.length + 2));
    assertThrows(
        IOException.class,
        () -> Codecs.decompress(codec, packed, 0, packed.length, unpacked, 0, page.length + 1));
  }

  @Test
  void says_which_file_is_not_parquet() throws IOException {
    Path path = dir.resolve("notes.txt");
    Files.writeString(path, "nothing of the kind, and long enough to hold a footer");
    IOException refused = assertThrows(IOException.class, () -> ParquetFile.open(path));
    assertTrue(refused.getMessage().startsWith(path + ": not a parquet file"));
  }

  private static void each(Cells cells, long... values) {
    for (long value : values) {
      cells.value(value);
    }
  }

  private static Path testdata(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }

  @Test
  void a_footer_that_does_not_fit_on_the_disk_is_a_short_error() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full");
    List<Column> columns = List.of(new Column("timestamp", ColumnType.UINT64, true));
    ParquetOutput out = new ParquetOutput(full, columns, WriteOptions.CONVERSION);
    Map<String, String> footer = Map.of("systeminfo", "x".repeat(1 << 20));
    IOException thrown = assertThrows(IOException.class, () -> out.finish(footer));
    assertEquals("No space left on device", thrown.getMessage());
  }
}
