package io.rezolus.libs.recording.rez;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An archive that is being written.
 *
 * @param ticks appended snapshots since the writer began
 * @param rows rows of all tables
 * @param beganTs time of the first row ever, nanoseconds since the Unix epoch; 0 before it
 * @param oldestTs time of the oldest row kept; 0 where there is none
 * @param newestTs time of the newest row; 0 where there is none
 * @param bytes size of the file and of what SQLite keeps beside it
 * @param pages pages of the file
 * @param freePages those of them that are not in use
 * @param tables figures of each table
 */
public record RezStatus(
    long ticks,
    long rows,
    long beganTs,
    long oldestTs,
    long newestTs,
    long bytes,
    long pages,
    long freePages,
    List<TableCatalog> tables) {
  /** An archive that is about to be begun. */
  public static final RezStatus NOTHING = new RezStatus(0, 0, 0, 0, 0, 0, 0, 0, List.of());

  public RezStatus {
    tables = List.copyOf(tables);
  }

  /** The tables of all recordings of an archive, those of the same name taken together. */
  static List<TableCatalog> tables(Connection connection) throws SQLException {
    SortedMap<String, TableCatalog> tables = new TreeMap<>();
    try (Statement query = connection.createStatement();
        ResultSet recordings = query.executeQuery("SELECT id FROM recordings")) {
      while (recordings.next()) {
        for (TableCatalog table : CatalogReader.tables(connection, recordings.getLong(1))) {
          tables.merge(table.name(), table, RezStatus::together);
        }
      }
    }
    return List.copyOf(tables.values());
  }

  private static TableCatalog together(TableCatalog one, TableCatalog other) {
    return new TableCatalog(
        one.name(),
        one.rows() + other.rows(),
        one.segments() + other.segments(),
        one.liveRows() + other.liveRows(),
        Math.min(one.firstTs(), other.firstTs()),
        Math.max(one.lastTs(), other.lastTs()));
  }
}
