package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.StagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies of an archive, finished or growing, as it is at one moment. The writer goes on meanwhile.
 * A copy counts as ended in order. It appears under its name when it is whole; an earlier file of
 * that name stays until then, and for good where there is nothing to copy.
 */
public final class RezDump {
  private RezDump() {}

  /** Copies everything, compactly. */
  public static DumpResult everything(Path source, Path target) throws IOException {
    SideFiles.requireNoWal(target);
    try (StagedFile staged = new StagedFile(target)) {
      try {
        return everything(source, target, staged);
      } finally {
        // SQLite leaves a journal where it could not write
        SideFiles.delete(staged.path());
      }
    }
  }

  private static DumpResult everything(Path source, Path target, StagedFile staged)
      throws IOException {
    try (Archive archive = Archive.read(source)) {
      archive.call(
          connection -> {
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
              vacuum.setString(1, staged.path().toString());
              vacuum.executeUpdate();
            } catch (SQLException e) {
              throw Archive.failure(Archive.isFull(e) ? target : source, e);
            }
            return null;
          });
    }
    DumpResult result;
    try (Archive copy = Archive.write(staged.path())) {
      copy.execute(List.of("UPDATE recordings SET complete = 1"));
      result = copy.call(connection -> describe(CatalogReader.read(source, connection)));
    }
    if (result.isEmpty()) {
      return result;
    }
    staged.publish();
    return result.ofBytes(Files.size(target));
  }

  /**
   * Copies what lies between two times, both included: whole segments, and single rows where they
   * are not sealed yet. The result says what that is.
   *
   * @param from nanoseconds since the Unix epoch
   * @param to nanoseconds since the Unix epoch
   */
  public static DumpResult range(Path source, Path target, long from, long to) throws IOException {
    try (Archive archive = Archive.read(source);
        RezBuilder builder = RezBuilder.create(target)) {
      DumpResult result = new ArchiveCopy(table -> true, from, to, true).copy(archive, builder);
      if (result.isEmpty()) {
        return result;
      }
      builder.publish();
      return result.ofBytes(Files.size(target));
    }
  }

  private static DumpResult describe(RezCatalog catalog) {
    int tables =
        catalog.recordings().stream().mapToInt(recording -> recording.tables().size()).sum();
    return new DumpResult(catalog.rows(), tables, 0, catalog.firstTs(), catalog.lastTs());
  }
}
