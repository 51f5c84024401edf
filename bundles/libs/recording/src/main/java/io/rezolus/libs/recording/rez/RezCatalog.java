package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an archive says about itself without any segment being opened; what that costs does not
 * depend on how much was recorded.
 *
 * @param recordings in the order in which they were added
 */
public record RezCatalog(List<RecordingCatalog> recordings) {
  public RezCatalog {
    recordings = List.copyOf(recordings);
  }

  /**
   * Reads the catalog of a finished, unfinished or growing archive, which stays as it is.
   *
   * @throws IOException when it is no archive of version 3, or damaged
   */
  public static RezCatalog read(Path path) throws IOException {
    try (Archive archive = Archive.read(path)) {
      return archive.transaction(connection -> CatalogReader.read(path, connection));
    }
  }

  /** Rows of all recordings. */
  public long rows() {
    return recordings.stream().mapToLong(RecordingCatalog::rows).sum();
  }

  /** Names of the samplers whose tables there are. */
  public SortedSet<String> samplers() {
    SortedSet<String> names = new TreeSet<>();
    for (RecordingCatalog recording : recordings) {
      recording.tables().forEach(table -> names.add(table.sampler()));
    }
    return names;
  }

  /** Time of the first row of all, 0 where there is none. */
  public long firstTs() {
    return recordings.stream()
        .flatMap(recording -> recording.tables().stream())
        .mapToLong(TableCatalog::firstTs)
        .min()
        .orElse(0);
  }

  /** Time of the last row of all, 0 where there is none. */
  public long lastTs() {
    return recordings.stream()
        .flatMap(recording -> recording.tables().stream())
        .mapToLong(TableCatalog::lastTs)
        .max()
        .orElse(0);
  }
}
