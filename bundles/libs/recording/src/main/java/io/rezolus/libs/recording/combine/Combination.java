package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Several recordings as one table: a row for each moment on the grid of the sampling interval, the
 * columns of all inputs side by side. Making one reads the times of the rows and nothing else; a
 * column is decoded when it is read.
 *
 * <p>Columns are named {@code <node>::<name>} for agents and {@code <source>/<instance>::<name>}
 * for services, and labelled with {@code node} or {@code instance} and {@code source}.
 */
public final class Combination {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int ALIGNED_PERCENT = 95;

  private final Table table;
  private final SortedMap<String, String> metadata;
  private final List<String> warnings;

  private Combination(Table table, SortedMap<String, String> metadata, List<String> warnings) {
    this.table = table;
    this.metadata = Collections.unmodifiableSortedMap(metadata);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Combines recordings.
   *
   * @throws CombineException when they do not go together
   * @throws IOException when one cannot be read
   */
  public static Combination of(List<CombineInput> inputs, CombineOptions options)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    long millis = interval(inputs);
    List<Identity> identities = Identity.of(inputs);
    int primary = primary(inputs);
    Slots slots = slots(inputs, options, millis * NANOS_PER_MILLI, warnings);
    ColumnsOfCombination columns = new ColumnsOfCombination(inputs, identities, primary);
    SortedMap<String, String> metadata =
        MetadataOfCombination.merge(inputs, identities, primary, millis, warnings);
    if (options.pinnedNode() != null) {
      requireNode(inputs, identities, options.pinnedNode());
      metadata.put("pinned_node", options.pinnedNode());
    }
    List<Table> tables = inputs.stream().map(CombineInput::table).toList();
    return new Combination(
        new JoinedTable(tables, slots, columns.columns, columns.origins), metadata, warnings);
  }

  /**
   * Tables of one recording side by side, at exactly the times their rows have; columns keep names
   * and labels.
   */
  public static Table beside(List<Table> tables) throws IOException {
    List<GridRows> rows = new ArrayList<>();
    List<RecordedColumn> columns = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      rows.add(GridRows.of(tables.get(i), 1));
      for (RecordedColumn column : tables.get(i).columns()) {
        columns.add(
            RecordedColumn.of(columns.size(), column.name(), column.kind(), column.metadata()));
        origins.add(new Origin(i, column));
      }
    }
    return new JoinedTable(tables, Slots.join(rows, Join.OUTER, 1), columns, origins);
  }

  public Table table() {
    return table;
  }

  /** Key-values of the combination. */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** What the user should know, one line each. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Writes a parquet recording, one column of one row group at a time.
   *
   * @param output appears when it is complete and may be one of the inputs
   * @param keyValues more key-values, which win over {@link #metadata}
   */
  public void write(Path output, Map<String, String> keyValues, Progress progress)
      throws IOException {
    CombinationWriter.write(table, output, metadata, keyValues, progress);
  }

  private static long interval(List<CombineInput> inputs) throws CombineException {
    long interval = 0;
    CombineInput first = null;
    for (CombineInput input : inputs) {
      long own = input.intervalMillis();
      if (own != 0 && interval != 0 && own != interval) {
        throw new CombineException(
            input.name()
                + ": sampled every "
                + own
                + " ms, "
                + first.name()
                + " every "
                + interval
                + " ms; only recordings of one interval can be combined");
      }
      if (own != 0 && interval == 0) {
        interval = own;
        first = input;
      }
    }
    if (interval == 0) {
      throw new CombineException("no input says its sampling_interval_ms");
    }
    return interval;
  }

  private static int primary(List<CombineInput> inputs) throws CombineException {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).agent()) {
        return i;
      }
    }
    return 0;
  }

  private static Slots slots(
      List<CombineInput> inputs, CombineOptions options, long interval, List<String> warnings)
      throws IOException {
    List<GridRows> rows = new ArrayList<>();
    long begin = Long.MIN_VALUE;
    long end = Long.MAX_VALUE;
    for (CombineInput input : inputs) {
      GridRows own = GridRows.of(input.table(), interval);
      if (own.slots().length == 0 && options.join() == Join.INNER) {
        throw new CombineException(input.name() + ": it has no rows");
      }
      rows.add(own);
      if (own.slots().length > 0) {
        begin = Math.max(begin, own.times()[0]);
        end = Math.min(end, own.times()[own.times().length - 1]);
      }
    }
    if (options.join() == Join.INNER && begin > end) {
      throw new CombineException(
          "the recordings do not overlap in time: one begins "
              + (begin - end) / 1_000_000_000.0
              + " s after another has ended");
    }
    Slots slots = Slots.join(rows, options.join(), interval);
    if (options.join() == Join.INNER) {
      requireAligned(slots, options, warnings);
    }
    return slots;
  }

  private static void requireAligned(Slots slots, CombineOptions options, List<String> warnings)
      throws CombineException {
    int count = slots.times().length;
    if (count == 0) {
      throw new CombineException("the recordings have no moment in common");
    }
    if (!options.checkTimes()) {
      warnings.add("whether the rows were sampled at the same moments is not checked");
      return;
    }
    String ratio =
        slots.aligned() + " of " + count + " rows were sampled within a tenth of the interval";
    if ((long) slots.aligned() * 100 < (long) count * ALIGNED_PERCENT) {
      throw new CombineException(
          ratio + "; expected at least 95 %, or --bypass-time-check to combine them anyway");
    }
    if (slots.aligned() < count) {
      warnings.add(ratio);
    }
  }

  private static void requireNode(List<CombineInput> inputs, List<Identity> identities, String node)
      throws CombineException {
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Identity own = identities.get(i);
      for (Identity each :
          own.label() == null ? ColumnsOfCombination.identities(inputs.get(i)) : List.of(own)) {
        if (each.node()) {
          nodes.add(each.value());
        }
      }
    }
    if (!nodes.contains(node)) {
      throw new CombineException(
          node
              + ": no such node; there is "
              + (nodes.isEmpty() ? "none" : String.join(", ", nodes)));
    }
  }
}
