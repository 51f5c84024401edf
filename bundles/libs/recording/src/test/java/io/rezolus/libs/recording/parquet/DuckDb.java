package io.rezolus.libs.recording.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an independent reader finds in a parquet file. */
public final class DuckDb {
  private DuckDb() {}

  /** By column in the order of the file, the text of each row's value, or null. */
  public static List<List<String>> columns(Path path) throws SQLException {
    return query("select cast(columns(*) as varchar) from '" + path + "'");
  }

  /** The footer's key-values. */
  public static Map<String, String> keys(Path path) throws SQLException {
    List<List<String>> found =
        query("select decode(key), decode(value) from parquet_kv_metadata('" + path + "')");
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < found.get(0).size(); i++) {
      keys.put(found.get(0).get(i), found.get(1).get(i));
    }
    return keys;
  }

  /** The columns of an answer. */
  public static List<List<String>> query(String sql) throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<List<String>> columns = new ArrayList<>();
      for (int i = 0; i < found.getMetaData().getColumnCount(); i++) {
        columns.add(new ArrayList<>());
      }
      while (found.next()) {
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(found.getString(i + 1));
        }
      }
      return columns;
    }
  }
}
