package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.TableView;
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
      tables.add(new TableView(table, columns));
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
}
