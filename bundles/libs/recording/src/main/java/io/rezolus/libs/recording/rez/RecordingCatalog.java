package io.rezolus.libs.recording.rez;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an archive's catalog says about one recording.
 *
 * @param id number within the archive
 * @param name made from its source; tells it apart from the archive's other recordings
 * @param labels what the recording as a whole is labelled with
 * @param metadata its key-values
 * @param complete whether it was ended in order
 * @param clockAnchorNanos wall clock when it began, nanoseconds since the Unix epoch
 * @param clockOffsets observations of the wall clock, oldest first
 * @param tables sorted by name
 */
public record RecordingCatalog(
    long id,
    String name,
    SortedMap<String, String> labels,
    SortedMap<String, String> metadata,
    boolean complete,
    long clockAnchorNanos,
    List<ClockOffset> clockOffsets,
    List<TableCatalog> tables) {
  public RecordingCatalog {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    clockOffsets = List.copyOf(clockOffsets);
    tables = List.copyOf(tables);
  }

  /** Rows of all tables. */
  public long rows() {
    return tables.stream().mapToLong(TableCatalog::rows).sum();
  }
}
