package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes to archives. Segments are copied as they are and never decoded. */
public final class RezArchiveEditor {
  private RezArchiveEditor() {}

  /**
   * Puts the recordings of several archives into one.
   *
   * @param target must not exist
   * @return what was written
   */
  public static DumpResult combine(List<Path> inputs, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "already exists; an archive is never written over another file");
    }
    try (RezBuilder builder = RezBuilder.create(target)) {
      DumpResult result = DumpResult.NOTHING;
      for (Path input : inputs) {
        try (Archive archive = Archive.read(input)) {
          result = result.and(ArchiveCopy.WHOLE.copy(archive, builder));
        }
      }
      builder.publish();
      return result.ofBytes(Files.size(target));
    }
  }

  /**
   * Keeps the tables of the named samplers.
   *
   * @param samplers each must have a table in {@code source}
   * @param target may be {@code source} itself, where that is not being written
   * @return what was written
   */
  public static DumpResult filter(Path source, Path target, Set<String> samplers)
      throws IOException {
    RezCatalog catalog = RezCatalog.read(source);
    Set<String> unknown = new TreeSet<>(samplers);
    unknown.removeAll(catalog.samplers());
    if (!unknown.isEmpty()) {
      throw new IOException(source + ": has no sampler " + String.join(", ", unknown));
    }
    if (samplers.isEmpty()) {
      throw new IOException(source + ": nothing would be left: no sampler was named");
    }
    if (Files.exists(target) && Files.isSameFile(source, target)) {
      fold(source);
    }
    try (RezBuilder builder = RezBuilder.create(target)) {
      DumpResult result;
      try (Archive archive = Archive.read(source)) {
        ArchiveCopy copy =
            new ArchiveCopy(
                table -> samplers.contains(sampler(table)), Long.MIN_VALUE, Long.MAX_VALUE, false);
        result = copy.copy(archive, builder);
      }
      if (result.isEmpty()) {
        throw new IOException(source + ": nothing would be left: those samplers have no row");
      }
      builder.publish();
      return result.ofBytes(Files.size(target));
    }
  }

  /**
   * Sets metadata of recordings in place. Segments are not touched, and what it costs does not
   * depend on how many there are.
   *
   * @param changes new values by number of the recording and key; null removes a key
   */
  public static void setMetadata(Path path, Map<Long, ? extends Map<String, String>> changes)
      throws IOException {
    boolean inUse = Files.exists(SideFiles.wal(path)) || Files.exists(SideFiles.shm(path));
    try (Archive archive = Archive.write(path)) {
      set(archive, path, changes);
    } catch (IOException e) {
      if (!inUse) {
        // SQLite leaves these where it could not begin to write them
        SideFiles.deleteEmpty(path);
      }
      throw e;
    }
  }

  private static void set(
      Archive archive, Path path, Map<Long, ? extends Map<String, String>> changes)
      throws IOException {
    archive.transaction(
        connection -> {
          RezCatalog catalog = CatalogReader.read(path, connection);
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE recordings SET metadata = ? WHERE id = ?")) {
            for (Map.Entry<Long, ? extends Map<String, String>> change : changes.entrySet()) {
              RecordingCatalog recording = recording(path, catalog, change.getKey());
              SortedMap<String, String> metadata = new TreeMap<>(recording.metadata());
              metadata.putAll(change.getValue());
              change.getValue().forEach((key, value) -> metadata.remove(key, null));
              update.setString(1, JsonStrings.write(metadata));
              update.setLong(2, recording.id());
              update.executeUpdate();
            }
          }
          return null;
        });
  }

  /** Moves rows that lie beside an archive into it. */
  private static void fold(Path path) throws IOException {
    if (SideFiles.hasWal(path)) {
      try (Archive archive = Archive.write(path)) {
        archive.execute(List.of("PRAGMA wal_checkpoint(TRUNCATE)"));
      }
    }
  }

  private static RecordingCatalog recording(Path path, RezCatalog catalog, long id)
      throws IOException {
    return catalog.recordings().stream()
        .filter(recording -> recording.id() == id)
        .findFirst()
        .orElseThrow(() -> new IOException(path + ": has no recording " + id));
  }

  private static String sampler(String table) {
    return new TableCatalog(table, 0, 0, 0, 0, 0).sampler();
  }
}
