package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.combine.Combination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What of a file is exported.
 *
 * @param table the samples; several tables are one, side by side
 * @param columns the series chosen
 * @param metadata key-values of the recording; a value may be null
 * @param start first moment, nanoseconds since the Unix epoch
 * @param end last moment
 */
record ExportView(
    Table table,
    List<RecordedColumn> columns,
    SortedMap<String, String> metadata,
    long start,
    long end) {
  private static final String RECORDING = "recording";

  /** All series and moments of a file. Of several recordings, each is labelled with its name. */
  static ExportView of(RecordingFile file) throws IOException {
    List<Table> tables = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Recording recording : file.recordings()) {
      for (Table table : recording.tables()) {
        tables.add(table);
        names.add(recording.name());
      }
    }
    boolean several = file.recordings().size() > 1;
    SortedMap<String, String> metadata =
        file.recordings().size() == 1
            ? file.recordings().get(0).metadata()
            : Collections.emptySortedMap();
    Table table = tables.size() == 1 ? tables.get(0) : Combination.beside(tables);
    List<RecordedColumn> columns = table.columns();
    if (several) {
      columns = new ArrayList<>();
      int i = 0;
      for (int each = 0; each < tables.size(); each++) {
        for (int k = 0; k < tables.get(each).columns().size(); k++) {
          columns.add(labelled(table.columns().get(i++), names.get(each)));
        }
      }
    }
    return new ExportView(table, columns, metadata, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The same with fewer series. */
  ExportView only(Predicate<RecordedColumn> wanted) {
    return new ExportView(table, columns.stream().filter(wanted).toList(), metadata, start, end);
  }

  /** The same with fewer moments, both ends included. */
  ExportView between(long first, long last) {
    return new ExportView(table, columns, metadata, first, last);
  }

  private static RecordedColumn labelled(RecordedColumn column, String recording) {
    SortedMap<String, String> labels = new TreeMap<>(column.labels());
    labels.putIfAbsent(RECORDING, recording);
    return new RecordedColumn(
        column.ordinal(),
        column.name(),
        column.kind(),
        column.metric(),
        column.unit(),
        labels,
        column.metadata(),
        column.histogram());
  }
}
