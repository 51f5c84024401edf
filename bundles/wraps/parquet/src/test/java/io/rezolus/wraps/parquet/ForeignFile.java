package io.rezolus.wraps.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A file as another writer makes it, of small pages, and what it holds: times, a counter, a gauge,
 * a histogram, and columns of the same without any value.
 *
 * @param rows one list of texts for each column, with null where there is no value
 */
record ForeignFile(byte[] bytes, List<List<String>> rows) {
  private static final int GROUPS = 2;
  private static final long[] EXTREMES = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1};

  static final List<Column> COLUMNS =
      List.of(
          new Column("timestamp", ColumnType.UINT64, true),
          Column.optional("c", ColumnType.UINT64),
          Column.optional("g", ColumnType.INT64),
          Column.optional("h", ColumnType.UINT64_LIST),
          Column.optional("no c", ColumnType.UINT64),
          Column.optional("no h", ColumnType.UINT64_LIST));

  /** Encodings of values. */
  enum Packing {
    PLAIN,
    /** References to a dictionary, which soon is full, so that later pages have none. */
    DICTIONARY,
    DELTA,
    DELTA_LARGE_BLOCKS,
    SPLIT;

    private ParquetProperties.Builder properties() {
      ParquetProperties.Builder properties =
          ParquetProperties.builder().withDictionaryEncoding(false);
      return switch (this) {
        case PLAIN -> properties;
        case DICTIONARY -> properties.withDictionaryEncoding(true).withDictionaryPageSize(2000);
        case DELTA -> properties.withValuesWriterFactory(new DeltaFactory(128, 4));
        case DELTA_LARGE_BLOCKS -> properties.withValuesWriterFactory(new DeltaFactory(2048, 8));
        case SPLIT -> properties.withExtendedByteStreamSplitEncoding(true);
      };
    }
  }

  static ForeignFile write(
      Packing packing,
      WriterVersion version,
      CompressionCodecName codec,
      boolean checksums,
      int size)
      throws IOException {
    Random random = new Random(packing.ordinal() * 100L + codec.ordinal());
    ParquetProperties properties =
        packing
            .properties()
            .withWriterVersion(version)
            .withPageRowCountLimit(150)
            .withPageWriteChecksumEnabled(checksums)
            .build();
    List<List<String>> rows = new ArrayList<>();
    COLUMNS.forEach(column -> rows.add(new ArrayList<>()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetOutput out =
        new ParquetOutput(
            new MemoryOutput(bytes), COLUMNS, new ForeignCompressor(codec), properties)) {
      for (int group = 0; group < GROUPS; group++) {
        out.startRowGroup(size);
        for (int i = 0; i < COLUMNS.size(); i++) {
          column(out, COLUMNS.get(i), random, size, rows.get(i));
        }
      }
      out.finish(Map.of());
    }
    return new ForeignFile(bytes.toByteArray(), rows);
  }

  /** All that is read from the file, as {@link #rows} has it. */
  static List<List<String>> read(ParquetFile file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < file.columns().size(); i++) {
      List<String> column = new ArrayList<>();
      for (int group = 0; group < file.rowGroups(); group++) {
        if (file.columns().get(i).type() == ColumnType.UINT64_LIST) {
          for (long[] list : file.readLists(group, i)) {
            column.add(list == null ? null : Arrays.toString(list));
          }
        } else {
          Longs longs = file.readLongs(group, i);
          for (int row = 0; row < longs.values().length; row++) {
            column.add(longs.present().get(row) ? Long.toString(longs.values()[row]) : null);
          }
        }
      }
      rows.add(column);
    }
    return rows;
  }

  private static void column(
      ParquetOutput out, Column column, Random random, int size, List<String> rows)
      throws IOException {
    BitSet present = present(column, random, size);
    long[] values = random.longs(size).toArray();
    for (int row = 1; row < size; row++) {
      if (row < size / 2) {
        values[row] = EXTREMES[row % EXTREMES.length]; // so that a dictionary is worth it at first
      } else if (random.nextInt(8) > 0) {
        values[row] = values[row - 1] + random.nextInt(1000);
      } else if (random.nextBoolean()) {
        values[row] = EXTREMES[random.nextInt(EXTREMES.length)];
      }
    }
    out.writeColumn(
        cells -> {
          for (int row = 0; row < size; row++) {
            if (!present.get(row)) {
              cells.absent();
              rows.add(null);
            } else if (column.type() == ColumnType.UINT64_LIST) {
              long[] list = new long[1 + row % 40];
              list[row % 7 % list.length] = values[row];
              cells.list(list, list.length);
              rows.add(Arrays.toString(list));
            } else {
              cells.value(values[row]);
              rows.add(Long.toString(values[row]));
            }
          }
        });
  }

  /** Nothing at both ends and here and there between them. */
  private static BitSet present(Column column, Random random, int size) {
    BitSet present = new BitSet();
    if (column.required()) {
      present.set(0, size);
    } else if (!column.name().startsWith("no")) {
      present.set(Math.min(3, size), Math.max(3, size - 200));
      for (int i = 0; i < size / 10; i++) {
        present.clear(random.nextInt(size));
      }
    }
    return present;
  }

  private record DeltaFactory(int block, int miniBlocks) implements ValuesWriterFactory {
    @Override
    public void initialize(ParquetProperties properties) {
      // nothing of them matters
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
      return new DeltaBinaryPackingValuesWriterForLong(
          block, miniBlocks, 64, 1 << 16, new HeapByteBufferAllocator());
    }
  }
}
