package io.rezolus.libs.recording.rez;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** Reads what the columns of an archive's tables say, and no segment. */
final class CatalogReader {
  private static final long TEXT_BYTES_MAX = 16 << 20;

  /** Memory that a clock offset may take, with what is made of it. */
  private static final long OFFSET_BYTES = 1024;

  private final Path path;
  private final Connection connection;

  private CatalogReader(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  static RezCatalog read(Path path, Connection connection) throws IOException, SQLException {
    return new CatalogReader(path, connection).catalog();
  }

  /** Tables of a recording: those with segments and those with rows that were never sealed. */
  static List<TableCatalog> tables(Connection connection, long recording) throws SQLException {
    Map<String, TableCatalog> sealed = new HashMap<>();
    TreeSet<String> names = new TreeSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT sampler, COUNT(*), SUM(rows), MIN(first_ts), MAX(last_ts) FROM segments"
                + " WHERE recording_id = ? GROUP BY sampler")) {
      query.setLong(1, recording);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          names.add(name);
          sealed.put(
              name,
              new TableCatalog(
                  name, rows.getLong(3), rows.getInt(2), 0, rows.getLong(4), rows.getLong(5)));
        }
      }
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT DISTINCT sampler FROM wal WHERE recording_id = ?")) {
      query.setLong(1, recording);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    List<TableCatalog> tables = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT COUNT(*), MIN(ts), MAX(ts) FROM wal"
                + " WHERE recording_id = ? AND sampler = ? AND ts > ?")) {
      for (String name : names) {
        TableCatalog table = sealed.get(name);
        query.setLong(1, recording);
        query.setString(2, name);
        query.setLong(3, table == null ? 0 : table.lastTs());
        try (ResultSet live = query.executeQuery()) {
          live.next();
          TableCatalog whole = withLive(name, table, live);
          if (whole != null) {
            tables.add(whole);
          }
        }
      }
    }
    return tables;
  }

  private static TableCatalog withLive(String name, TableCatalog sealed, ResultSet live)
      throws SQLException {
    long count = live.getLong(1);
    if (count == 0) {
      return sealed;
    }
    long first = sealed == null ? live.getLong(2) : sealed.firstTs();
    long rows = sealed == null ? 0 : sealed.rows();
    int segments = sealed == null ? 0 : sealed.segments();
    return new TableCatalog(name, rows + count, segments, count, first, live.getLong(3));
  }

  /** What is kept as text is read as a whole. */
  private void requireBounded() throws IOException, SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet longest =
            statement.executeQuery(
                "SELECT MAX(MAX(OCTET_LENGTH(labels), OCTET_LENGTH(metadata))) FROM recordings")) {
      if (longest.next() && longest.getLong(1) > TEXT_BYTES_MAX) {
        throw new IOException(
            path
                + ": what it says about a recording has "
                + longest.getLong(1)
                + " bytes, expected at most "
                + TEXT_BYTES_MAX);
      }
    }
  }

  private RezCatalog catalog() throws IOException, SQLException {
    requireBounded();
    List<RecordingCatalog> recordings = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, labels, metadata, complete, clock_anchor_wall_ns FROM recordings"
                    + " ORDER BY id");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        long id = rows.getLong(1);
        SortedMap<String, String> labels = strings(id, "labels", rows.getString(2));
        String name = slug(labels.getOrDefault("source", ""));
        int count = names.merge(name, 1, Integer::sum);
        recordings.add(
            new RecordingCatalog(
                id,
                count == 1 ? name : name + "-" + count,
                labels,
                strings(id, "metadata", rows.getString(3)),
                rows.getLong(4) != 0,
                rows.getLong(5),
                clockOffsets(id),
                tables(connection, id)));
      }
    }
    return new RezCatalog(recordings);
  }

  private List<ClockOffset> clockOffsets(long recording) throws IOException, SQLException {
    List<ClockOffset> offsets = new ArrayList<>();
    long most = Runtime.getRuntime().maxMemory() / OFFSET_BYTES;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT ts, offset_ns FROM clock_offsets WHERE recording_id = ? ORDER BY ts")) {
      query.setLong(1, recording);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          if (offsets.size() == most) {
            throw new IOException(
                path + ": recording " + recording + ": more than " + most + " clock offsets");
          }
          offsets.add(new ClockOffset(rows.getLong(1), rows.getLong(2)));
        }
      }
    }
    return offsets;
  }

  private SortedMap<String, String> strings(long recording, String what, String json)
      throws IOException {
    try {
      return JsonStrings.read(json);
    } catch (IOException e) {
      throw new IOException(
          path + ": recording " + recording + ": its " + what + " are no JSON object of strings",
          e);
    }
  }

  private static String slug(String source) {
    String slug = source.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    return slug.isEmpty() || slug.equals("-") ? "recording" : slug;
  }
}
