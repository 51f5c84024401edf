package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ArrowField;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The columns of a recording that a filter keeps.
 *
 * @param ordinals ascending
 * @param metrics how many of them hold metrics
 * @param indicators how many of those an indicator reads
 * @param names all names that the columns with metrics go by
 */
record ColumnChoice(int[] ordinals, int metrics, int indicators, Set<String> names) {
  private static final Set<String> TIMES = Set.of("timestamp", "duration");

  /**
   * Chooses what agents and indicators need, times, and what describes a chosen column.
   *
   * @param file the recording, which errors are about
   * @throws CommandException when no metric would be left
   */
  static ColumnChoice of(Path file, List<ArrowField> fields, AgentColumns agents, KpiColumns kpis)
      throws CommandException {
    Set<Integer> kept = new HashSet<>();
    Set<String> columns = new HashSet<>();
    Set<String> names = new HashSet<>();
    int indicators = 0;
    for (int i = 0; i < fields.size(); i++) {
      ArrowField field = fields.get(i);
      if (!TIMES.contains(field.name()) && !RecordedColumn.isReserved(field.name())) {
        boolean indicator = kpis.contains(field);
        indicators += indicator ? 1 : 0;
        if (indicator || agents.contains(field)) {
          kept.add(i);
          columns.add(field.name());
          names.addAll(KpiColumns.names(field));
        }
      }
    }
    if (kept.isEmpty()) {
      throw Failure.of(
          file
              + ": the filter would keep no metric at all; nothing was changed (are these the"
              + " indicators of this recording?)");
    }
    Predicate<ArrowField> describes =
        field ->
            TIMES.contains(field.name())
                || RecordedColumn.isReserved(field.name()) && isOf(field.name(), columns);
    int[] ordinals =
        IntStream.range(0, fields.size())
            .filter(i -> kept.contains(i) || describes.test(fields.get(i)))
            .toArray();
    return new ColumnChoice(ordinals, kept.size(), indicators, names);
  }

  /** Whether a reserved column is about a column of these, or about the table as a whole. */
  private static boolean isOf(String reserved, Set<String> columns) {
    String column = reserved.substring(0, reserved.lastIndexOf(':'));
    return column.isEmpty() || columns.contains(column) || columns.contains(column + ":buckets");
  }
}
