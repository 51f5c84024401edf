package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ArrowField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * What becomes of the columns and key-values of recordings that are combined, whatever their rows.
 *
 * @param columns of the combination, without the time of the rows
 * @param origins for each column where it comes from
 * @param metadata key-values of the combination
 * @param warnings what the user should know, one line each
 */
public record CombinedSchema(
    List<RecordedColumn> columns,
    List<Origin> origins,
    SortedMap<String, String> metadata,
    List<String> warnings) {

  /**
   * @throws CombineException when the recordings do not go together
   */
  public static CombinedSchema of(List<CombineInput> inputs) throws IOException {
    return of(inputs, Identity.of(inputs));
  }

  static CombinedSchema of(List<CombineInput> inputs, List<Identity> identities)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    long millis = interval(inputs);
    int primary = primary(inputs);
    ColumnsOfCombination columns = new ColumnsOfCombination(inputs, identities, primary);
    SortedMap<String, String> metadata =
        MetadataOfCombination.merge(inputs, identities, primary, millis, warnings);
    return new CombinedSchema(
        Collections.unmodifiableList(columns.columns),
        Collections.unmodifiableList(columns.origins),
        metadata,
        warnings);
  }

  /** The columns as a file describes them, the time of the rows first. */
  public List<ArrowField> fields() {
    return CombinationWriter.fields(columns);
  }

  /** Time between the rows of all inputs, in milliseconds. */
  static long interval(List<CombineInput> inputs) throws CombineException {
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
}
