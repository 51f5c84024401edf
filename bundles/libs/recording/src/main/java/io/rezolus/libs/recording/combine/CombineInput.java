package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.metadata.SourceNames;
import java.util.List;
import java.util.SortedMap;

/**
 * A recording to be combined.
 *
 * @param name what messages call it, usually its path
 * @param stem name of its machine where it does not say
 * @param table its samples
 * @param metadata its key-values
 */
public record CombineInput(
    String name, String stem, Table table, SortedMap<String, String> metadata) {
  private static final String AGENT = "rezolus";

  /** Names of the sources it holds; several where it is a combination itself. */
  List<String> sources() throws CombineException {
    String source = metadata.get("source");
    if (source == null || source.isEmpty()) {
      throw new CombineException(
          name + ": it does not say what was recorded; add it with recording annotate --source");
    }
    return SourceNames.parse(source);
  }

  /**
   * Whether it is a combination, whose columns already say which machine or service they are of.
   */
  boolean combined() throws CombineException {
    if (sources().size() > 1) {
      return true;
    }
    // of one source on several machines
    List<RecordedColumn> series =
        table.columns().stream().filter(column -> !column.name().equals("duration")).toList();
    return !series.isEmpty() && series.stream().allMatch(CombineInput::saysWhose);
  }

  private static boolean saysWhose(RecordedColumn column) {
    String node = column.metadata().get(Identity.NODE);
    String owner = node == null ? column.metadata().get(Identity.INSTANCE) : node;
    return owner != null && column.name().contains(owner + "::");
  }

  /** Whether an agent wrote it, under whatever name; otherwise it is of a service. */
  boolean agent() throws CombineException {
    if (sources().contains(AGENT)) {
      return true;
    }
    if (metadata.get("instance") != null) {
      return false;
    }
    for (RecordedColumn column : table.columns()) {
      // only agents label their series with the sampler
      if (column.metadata().containsKey("sampler")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Time between rows in milliseconds.
   *
   * @return 0 where it does not say
   */
  long intervalMillis() throws CombineException {
    String text = metadata.get("sampling_interval_ms");
    if (text == null) {
      return 0;
    }
    try {
      long millis = Long.parseLong(text.strip());
      if (millis > 0 && millis <= Integer.MAX_VALUE) {
        return millis;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CombineException(
        name + ": sampling_interval_ms is \"" + text + "\"; expected whole milliseconds");
  }
}
