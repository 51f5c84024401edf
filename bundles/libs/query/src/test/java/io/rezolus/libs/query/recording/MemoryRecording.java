package io.rezolus.libs.query.recording;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A recording in memory, built row by row; it counts what is decoded. */
final class MemoryRecording implements Recording {
  static final long SECOND = 1_000_000_000L;
  final SortedMap<String, String> metadata = new TreeMap<>();
  private final List<Table> tables = new ArrayList<>();
  int decoded;

  /** Columns of a table over parts given as times in milliseconds. */
  MemoryTable table(String name, long[]... partsMillis) {
    MemoryTable t = new MemoryTable(name, partsMillis);
    tables.add(t);
    return t;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public SortedMap<String, String> labels() {
    return new TreeMap<>();
  }

  @Override
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  @Override
  public boolean complete() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return tables;
  }

  /** Rows of all parts are numbered through. */
  final class MemoryTable implements Table {
    private final String name;
    private final long[][] parts;
    private final List<RecordedColumn> columns = new ArrayList<>();
    private final List<Object[]> values = new ArrayList<>();
    private long windowMillis;

    MemoryTable(String name, long[][] parts) {
      this.name = name;
      this.parts = parts;
    }

    /** How long reading a row took from its time on. */
    MemoryTable readWithin(long millis) {
      windowMillis = millis;
      return this;
    }

    /** One value a row, null for none: Long, or long[] for histograms. */
    MemoryTable column(MetricKind kind, Map<String, String> metadata, Object... rows) {
      columns.add(RecordedColumn.of(columns.size(), "" + columns.size(), kind, metadata));
      values.add(rows);
      return this;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<RecordedColumn> columns() {
      return columns;
    }

    @Override
    public long rows() {
      return first(parts.length);
    }

    @Override
    public int parts() {
      return parts.length;
    }

    @Override
    public int rows(int part) {
      return parts[part].length;
    }

    private int first(int part) {
      int n = 0;
      for (int i = 0; i < part; i++) {
        n += parts[i].length;
      }
      return n;
    }

    @Override
    public long[] timestamps(int part) {
      long[] out = parts[part].clone();
      for (int i = 0; i < out.length; i++) {
        out[i] *= 1_000_000;
      }
      return out;
    }

    @Override
    public Longs values(RecordedColumn column, int part) {
      decoded++;
      Object[] all = values.get(column.ordinal());
      long[] out = new long[rows(part)];
      BitSet present = new BitSet();
      for (int i = 0; i < out.length; i++) {
        if (all[first(part) + i] instanceof Number n) {
          out[i] = n.longValue();
          present.set(i);
        }
      }
      return new Longs(out, present);
    }

    @Override
    public long[][] histograms(RecordedColumn column, int part) {
      decoded++;
      long[][] out = new long[rows(part)][];
      for (int i = 0; i < out.length; i++) {
        out[i] = (long[]) values.get(column.ordinal())[first(part) + i];
      }
      return out;
    }

    @Override
    public Windows windows(RecordedColumn column, int part) {
      if (windowMillis == 0) {
        return null;
      }
      long[] begin = timestamps(part);
      long[] end = begin.clone();
      BitSet present = new BitSet();
      for (int i = 0; i < end.length; i++) {
        end[i] += windowMillis * 1_000_000L;
        present.set(i);
      }
      return new Windows(begin, end, present);
    }

    @Override
    public Longs wallOffsets(int part) {
      return null;
    }
  }
}
