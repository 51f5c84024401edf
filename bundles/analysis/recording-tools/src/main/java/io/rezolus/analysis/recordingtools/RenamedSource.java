package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.StoredRecording;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A recording as it will be once its source goes by another name. */
final class RenamedSource {
  private static final String SOURCE = "source";

  private RenamedSource() {}

  static Recording of(Recording recording, String before, String after) {
    List<Table> tables = new ArrayList<>();
    for (Table table : recording.tables()) {
      List<RecordedColumn> columns =
          table.columns().stream().map(column -> renamed(column, before, after)).toList();
      tables.add(new TableView(table, columns));
    }
    return new StoredRecording(
        recording.name(), recording.labels(), recording.metadata(), recording.complete(), tables);
  }

  /** Key-values of a column, with the new name where they had the old one. */
  static Map<String, String> renamed(Map<String, String> metadata, String before, String after) {
    Map<String, String> renamed = new TreeMap<>(metadata);
    renamed.replace(SOURCE, before, after);
    return renamed;
  }

  private static RecordedColumn renamed(RecordedColumn column, String before, String after) {
    return RecordedColumn.of(
        column.ordinal(), column.name(), column.kind(), renamed(column.metadata(), before, after));
  }
}
