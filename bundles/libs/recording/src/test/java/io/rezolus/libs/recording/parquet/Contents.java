package io.rezolus.libs.recording.parquet;

import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** All that a parquet recording holds, to be compared with another. */
public record Contents(List<Column> columns, Map<String, String> metadata) {
  /**
   * @param rows one text per row: the value, or null
   */
  public record Column(ArrowField field, List<String> rows) {
    /** Values of the other kinds than gauges as what they stand for. */
    List<String> unsigned() {
      return rows.stream().map(this::unsigned).toList();
    }

    private String unsigned(String row) {
      return switch (row == null ? ArrowField.Type.INT64 : field.type()) {
        case UINT64 -> Long.toUnsignedString(Long.parseLong(row));
        case UINT64_LIST ->
            Arrays.stream(list(row)).mapToObj(Long::toUnsignedString).toList().toString();
        default -> row;
      };
    }

    /** Writes some of the rows. */
    void write(ParquetTableWriter out, int from, int to) throws IOException {
      long[][] lists = new long[to - from][];
      long[] values = new long[to - from];
      BitSet present = new BitSet();
      for (int i = from; i < to; i++) {
        String row = rows.get(i);
        if (row != null && field.type() == ArrowField.Type.UINT64_LIST) {
          lists[i - from] = list(row);
        } else if (row != null) {
          values[i - from] = Long.parseLong(row);
          present.set(i - from);
        }
      }
      if (field.type() == ArrowField.Type.UINT64_LIST) {
        out.lists(lists);
      } else {
        out.longs(new Longs(values, present));
      }
    }

    private static long[] list(String row) {
      return Arrays.stream(row.substring(1, row.length() - 1).split(", "))
          .mapToLong(Long::parseLong)
          .toArray();
    }
  }

  public static Contents of(ParquetRecording recording) throws IOException {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < recording.fields().size(); i++) {
      ArrowField field = recording.fields().get(i);
      List<String> rows = new ArrayList<>();
      for (int group = 0; group < recording.file().rowGroups(); group++) {
        if (field.type() == ArrowField.Type.UINT64_LIST) {
          for (long[] row : recording.file().readLists(group, i)) {
            rows.add(row == null ? null : Arrays.toString(row));
          }
        } else {
          Longs longs = recording.file().readLongs(group, i);
          for (int row = 0; row < longs.values().length; row++) {
            rows.add(longs.present().get(row) ? Long.toString(longs.values()[row]) : null);
          }
        }
      }
      columns.add(new Column(field, rows));
    }
    return new Contents(columns, recording.metadata());
  }

  /** Writes all of it, in row groups of so many rows. */
  void write(Path path, int groupRows) throws IOException {
    int rows = columns.get(0).rows().size();
    List<ArrowField> fields = columns.stream().map(Column::field).toList();
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(path, fields, WriteOptions.CONVERSION)) {
      for (int from = 0; from < rows; from += groupRows) {
        int to = Math.min(rows, from + groupRows);
        out.startRowGroup(to - from);
        for (Column column : columns) {
          column.write(out, from, to);
        }
      }
      out.finish(metadata);
    }
  }

  List<Column> columns(int... ordinals) {
    return Arrays.stream(ordinals).mapToObj(columns::get).toList();
  }
}
