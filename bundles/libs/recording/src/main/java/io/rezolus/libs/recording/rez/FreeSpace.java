package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Pages of an archive that nothing is in. */
final class FreeSpace {
  private static final long PAGES = 100;

  private final Archive archive;

  FreeSpace(Archive archive) {
    this.archive = archive;
  }

  /** Gives some of it back to the file system where it is more than a tenth. */
  void shrink() throws IOException {
    archive.call(
        connection -> {
          if (freePages(connection) * 10 > pages(connection)) {
            try (Statement statement = connection.createStatement()) {
              statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES + ")");
            }
          }
          return null;
        });
  }

  /** All pages of the archive. */
  static long pages(Connection connection) throws SQLException {
    return number(connection, "PRAGMA page_count");
  }

  /** Pages that nothing is in. */
  static long freePages(Connection connection) throws SQLException {
    return number(connection, "PRAGMA freelist_count");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
