package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A recording as it will be once its source goes by another name. */
record RenamedSource(Recording recording, String before, String after) implements Recording {
  private static final String SOURCE = "source";

  @Override
  public String name() {
    return recording.name();
  }

  @Override
  public SortedMap<String, String> labels() {
    return recording.labels();
  }

  @Override
  public SortedMap<String, String> metadata() {
    return recording.metadata();
  }

  @Override
  public boolean complete() {
    return recording.complete();
  }

  @Override
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    for (Table table : recording.tables()) {
      List<RecordedColumn> columns = table.columns().stream().map(this::renamed).toList();
      tables.add(new Renamed(table, columns));
    }
    return tables;
  }

  /** Key-values of a column, with the new name where they had the old one. */
  static Map<String, String> renamed(Map<String, String> metadata, String before, String after) {
    Map<String, String> renamed = new TreeMap<>(metadata);
    renamed.replace(SOURCE, before, after);
    return renamed;
  }

  private RecordedColumn renamed(RecordedColumn column) {
    return RecordedColumn.of(
        column.ordinal(), column.name(), column.kind(), renamed(column.metadata(), before, after));
  }

  private record Renamed(Table table, List<RecordedColumn> columns) implements Table {
    @Override
    public String name() {
      return table.name();
    }

    @Override
    public long rows() {
      return table.rows();
    }

    @Override
    public int parts() {
      return table.parts();
    }

    @Override
    public int rows(int part) {
      return table.rows(part);
    }

    @Override
    public long[] timestamps(int part) throws IOException {
      return table.timestamps(part);
    }

    @Override
    public Longs values(RecordedColumn column, int part) throws IOException {
      return table.values(column, part);
    }

    @Override
    public long[][] histograms(RecordedColumn column, int part) throws IOException {
      return table.histograms(column, part);
    }

    @Override
    public Windows windows(RecordedColumn column, int part) throws IOException {
      return table.windows(column, part);
    }

    @Override
    public Longs wallOffsets(int part) throws IOException {
      return table.wallOffsets(part);
    }
  }
}
