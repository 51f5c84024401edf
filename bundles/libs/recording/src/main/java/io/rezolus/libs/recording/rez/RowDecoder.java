package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Turns the rows of one table, in order, into columns. A row tells by itself whether it is one of a
 * group, positional against a schema, or one of cells that carry their names.
 */
final class RowDecoder {
  private final SegmentBuilder out;
  private final long from;
  private final Map<String, SortedMap<String, String>> cellMetadata = new HashMap<>();
  private long hashHigh;
  private long hashLow;
  private List<List<Slot>> schema;

  /**
   * @param from rows before that time are read for what they say about later ones and not kept
   */
  RowDecoder(SegmentBuilder out, long from) {
    this.out = out;
    this.from = from;
  }

  /**
   * Adds a row, unless its schema was in a row that is gone.
   *
   * @throws IOException when the bytes are no row
   */
  void row(long ts, long wallOffset, byte[] bytes) throws IOException {
    RowReader in = new RowReader(bytes);
    int elements = in.array();
    if (elements == 0) {
      return;
    }
    if (isGroup(in)) {
      group(in, elements, ts, wallOffset);
    } else {
      SegmentBuilder target = ts < from ? new SegmentBuilder() : out;
      target.row(ts, wallOffset);
      for (int i = 0; i < elements; i++) {
        cell(in, target);
      }
    }
    if (!in.atEnd()) {
      throw new IOException("bytes follow the end of the row");
    }
  }

  static boolean isGroup(RowReader in) throws IOException {
    int start = in.position();
    in.array();
    boolean group = !in.isString();
    in.position(start);
    return group;
  }

  private void group(RowReader in, int elements, long ts, long wallOffset) throws IOException {
    if (elements != 6) {
      throw new IOException("a row of a group with " + elements + " elements, expected 6");
    }
    out.grouped();
    in.array(2);
    long high = in.unsigned();
    long low = in.unsigned();
    if (!in.nil()) {
      schema = RowSchema.read(in, Slot::new);
      hashHigh = high;
      hashLow = low;
    }
    if (schema == null || hashHigh != high || hashLow != low) {
      // the row that told the names was evicted: nobody can say what these values are
      skipValues(in);
      return;
    }
    if (ts < from) {
      skipValues(in);
      return;
    }
    out.row(ts, wallOffset);
    if (!in.nil()) {
      in.array(2);
      long begin = in.unsigned();
      out.window(begin, in.unsigned());
    }
    for (MetricKind kind : MetricKind.values()) {
      List<Slot> slots = schema.get(kind.ordinal());
      in.array(slots.size());
      for (Slot slot : slots) {
        if (!in.nil()) {
          value(in, kind, slot);
        }
      }
    }
  }

  private static void skipValues(RowReader in) throws IOException {
    for (int i = 0; i < 4; i++) {
      in.skip();
    }
  }

  private void value(RowReader in, MetricKind kind, Slot slot) throws IOException {
    if (kind == MetricKind.HISTOGRAM) {
      HistogramCell cell = HistogramCell.read(in);
      if (cell != null && slot.column(out, kind) != null) {
        slot.column.histogram(out.current(), cell.config(), cell.buckets());
      }
      return;
    }
    long value = kind == MetricKind.COUNTER ? in.unsigned() : in.signed();
    if (slot.column(out, kind) != null) {
      slot.column.scalar(out.current(), value);
    }
  }

  private void cell(RowReader in, SegmentBuilder target) throws IOException {
    in.array(4);
    String name = in.string();
    SortedMap<String, String> metadata;
    if (in.nil()) {
      metadata = cellMetadata.getOrDefault(name, Collections.emptySortedMap());
    } else {
      metadata = RowSchema.labels(in);
      cellMetadata.putIfAbsent(name, metadata);
    }
    if (in.map() != 1) {
      throw new IOException("a value that is not of one kind");
    }
    SegmentColumn column;
    switch (in.string()) {
      case "Counter":
        column = target.column(MetricKind.COUNTER, name, metadata);
        scalar(target, column, in.unsigned());
        break;
      case "Gauge":
        column = target.column(MetricKind.GAUGE, name, metadata);
        scalar(target, column, in.signed());
        break;
      case "Histogram":
        HistogramCell cell = HistogramCell.read(in);
        column = cell == null ? null : target.column(MetricKind.HISTOGRAM, name, metadata);
        if (column != null) {
          column.histogram(target.current(), cell.config(), cell.buckets());
        }
        break;
      default:
        throw new IOException("a value of an unknown kind");
    }
    if (!in.nil()) {
      in.array(2);
      long begin = in.unsigned();
      long end = in.unsigned();
      if (column != null) {
        target.window(column, begin, end);
      }
    }
  }

  private static void scalar(SegmentBuilder target, SegmentColumn column, long value) {
    if (column != null) {
      column.scalar(target.current(), value);
    }
  }

  /** A member of the schema and, from its first value on, its column. */
  private static final class Slot {
    private final String name;
    private final SortedMap<String, String> metadata;
    private SegmentColumn column;

    Slot(String name, SortedMap<String, String> metadata) {
      this.name = name;
      this.metadata = metadata;
    }

    SegmentColumn column(SegmentBuilder out, MetricKind kind) {
      if (column == null) {
        column = out.column(kind, name, metadata);
      }
      return column;
    }
  }
}
