package io.rezolus.libs.recording.tar;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table whose rows lie in several files one after another, each with columns of its own. */
final class SegmentedTable implements Table {
  private final String name;
  private final List<RecordedColumn> columns;
  private final List<Part> parts = new ArrayList<>();
  private final long rows;

  SegmentedTable(String name, List<Table> segments) {
    this.name = name;
    Map<Key, RecordedColumn> union = new LinkedHashMap<>();
    long sum = 0;
    for (Table segment : segments) {
      for (RecordedColumn column : segment.columns()) {
        union.computeIfAbsent(
            Key.of(column),
            key ->
                RecordedColumn.of(union.size(), column.name(), column.kind(), column.metadata()));
      }
      sum += segment.rows();
    }
    rows = sum;
    columns = Collections.unmodifiableList(new ArrayList<>(union.values()));
    for (Table segment : segments) {
      Map<Key, RecordedColumn> own = new HashMap<>();
      segment.columns().forEach(column -> own.putIfAbsent(Key.of(column), column));
      for (int part = 0; part < segment.parts(); part++) {
        parts.add(new Part(segment, part, own));
      }
    }
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
    return rows;
  }

  @Override
  public int parts() {
    return parts.size();
  }

  @Override
  public int rows(int part) {
    Part each = parts.get(part);
    return each.segment().rows(each.part());
  }

  @Override
  public long[] timestamps(int part) throws IOException {
    Part each = parts.get(part);
    return each.segment().timestamps(each.part());
  }

  @Override
  public Longs values(RecordedColumn column, int part) throws IOException {
    Part each = parts.get(part);
    RecordedColumn own = each.columns().get(Key.of(column));
    return own == null
        ? new Longs(new long[rows(part)], new BitSet())
        : each.segment().values(own, each.part());
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) throws IOException {
    Part each = parts.get(part);
    RecordedColumn own = each.columns().get(Key.of(column));
    return own == null ? new long[rows(part)][] : each.segment().histograms(own, each.part());
  }

  @Override
  public Windows windows(RecordedColumn column, int part) throws IOException {
    Part each = parts.get(part);
    RecordedColumn own = each.columns().get(Key.of(column));
    return own == null ? null : each.segment().windows(own, each.part());
  }

  @Override
  public Longs wallOffsets(int part) throws IOException {
    Part each = parts.get(part);
    return each.segment().wallOffsets(each.part());
  }

  private record Part(Table segment, int part, Map<Key, RecordedColumn> columns) {}

  private record Key(String name, MetricKind kind, HistogramConfig histogram) {
    static Key of(RecordedColumn column) {
      return new Key(column.name(), column.kind(), column.histogram());
    }
  }
}
