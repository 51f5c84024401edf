package io.rezolus.libs.recording.parquet;

import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A parquet file of columns that were drawn by lot.
 *
 * @param contents what was written
 */
record RandomTable(byte[] bytes, Contents contents) {
  private static final long[] EXTREMES = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, -24, -4, 1L << 32, 255, 256
  };
  private static final List<WriteOptions> OPTIONS = List.of(WriteOptions.values());

  /**
   * @param distinct whether no two columns have the same name
   */
  static RandomTable write(int seed, boolean distinct) throws IOException {
    return write(new Random(seed), OPTIONS.get(seed % OPTIONS.size()), distinct);
  }

  private static RandomTable write(Random random, WriteOptions options, boolean distinct)
      throws IOException {
    List<ArrowField> fields = new ArrayList<>();
    fields.add(
        new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of("unit", "nanoseconds")));
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      ArrowField.Type type = ArrowField.Type.values()[random.nextInt(3)];
      String name =
          distinct
              ? "c " + i + "::/x.y"
              : (type == ArrowField.Type.UINT64_LIST ? "h" : "n") + random.nextInt(2);
      boolean nullable = type == ArrowField.Type.UINT64_LIST || random.nextInt(4) > 0;
      fields.add(new ArrowField(name, type, nullable, labels(random)));
    }
    List<List<String>> rows = new ArrayList<>();
    fields.forEach(field -> rows.add(new ArrayList<>()));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, options)) {
      int groups = random.nextInt(4);
      for (int group = 0; group < groups; group++) {
        int size = 1 + random.nextInt(random.nextInt(5) == 0 ? 3000 : 40);
        out.startRowGroup(size);
        for (int i = 0; i < fields.size(); i++) {
          ArrowField field = fields.get(i);
          // 0 none to 4 all, 5 at both ends
          int absent = field.nullable() ? random.nextInt(6) : 0;
          if (field.type() == ArrowField.Type.UINT64_LIST) {
            out.lists(lists(random, size, absent, rows.get(i)));
          } else {
            out.longs(longs(random, size, absent, rows.get(i)));
          }
        }
      }
      Map<String, String> keyValues = new TreeMap<>(labels(random));
      out.finish(keyValues);
      List<Contents.Column> columns = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        columns.add(new Contents.Column(fields.get(i), rows.get(i)));
      }
      return new RandomTable(out.toByteArray(), new Contents(columns, keyValues));
    }
  }

  private static Longs longs(Random random, int size, int absent, List<String> rows) {
    long[] values = new long[size];
    BitSet present = new BitSet();
    // half of the columns are counters, of which some pass the largest value
    boolean counter = random.nextBoolean();
    long next = value(random);
    for (int row = 0; row < size; row++) {
      boolean has = has(random, absent, row, size);
      next = counter ? next + random.nextInt(1 << random.nextInt(20)) : value(random);
      if (has) {
        values[row] = next;
        present.set(row);
      }
      rows.add(has ? Long.toString(values[row]) : null);
    }
    return new Longs(values, present);
  }

  private static long[][] lists(Random random, int size, int absent, List<String> rows) {
    long[][] lists = new long[size][];
    int longest = random.nextInt(6) == 0 ? 500 : 5;
    for (int row = 0; row < size; row++) {
      if (has(random, absent, row, size)) {
        lists[row] = new long[1 + random.nextInt(longest)];
        for (int k = 0; k < lists[row].length; k++) {
          lists[row][k] = value(random);
        }
      }
      rows.add(lists[row] == null ? null : Arrays.toString(lists[row]));
    }
    return lists;
  }

  private static boolean has(Random random, int absent, int row, int size) {
    return absent == 5 ? row >= size / 3 && row < size - size / 3 : random.nextInt(4) >= absent;
  }

  private static long value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextLong();
      default -> random.nextInt(3);
    };
  }

  private static Map<String, String> labels(Random random) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      labels.put("k" + random.nextInt(5), "°\"\n".repeat(random.nextInt(3)) + random.nextInt());
    }
    return labels;
  }
}
