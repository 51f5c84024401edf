package io.rezolus.test.modes;

import com.github.luben.zstd.Zstd;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.test.agent.SnapshotServer;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that somebody made to do harm: by size, by depth, or by what they make a reader do. */
final class HostileFiles {
  private static final int DEEP = 200_000;
  private static final long START = 1_700_000_000_000_000_000L;

  private final SampleFiles samples;
  private final Path scratch;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /**
   * @param scratch a folder for what it needs in between
   */
  HostileFiles(SampleFiles samples, Path scratch) throws IOException {
    this.samples = samples;
    this.scratch = Files.createDirectories(scratch);
  }

  /** Parquet files by what is wrong with them. */
  Map<String, byte[]> parquet() throws IOException {
    files.clear();
    // a list of two billion schema elements, a text of as many bytes, structures in structures
    footer("a list without end", new byte[] {0x15, 2, 0x19, -4, -1, -1, -1, 0x7F});
    footer("a text without end", new byte[] {0x18, -1, -1, -1, -1, 7});
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 0x1C);
    footer("structures in structures", deep);
    String nested = "[".repeat(DEEP) + "]".repeat(DEEP);
    String objects = "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    for (String key :
        List.of(
            "service_queries",
            "descriptions",
            "systeminfo",
            "per_source_metadata",
            "events",
            "source",
            "node")) {
      keyed("deep arrays in " + key, Map.of(key, nested));
      keyed("deep objects in " + key, Map.of(key, objects));
    }
    keyed("a huge value", Map.of("systeminfo", "\"" + "x".repeat(20 << 20) + "\""));
    keyed("a huge key", Map.of("k".repeat(5 << 20), "v"));
    keyed("lines in values", Map.of("source", "a\nb\rc\u0000\u001b[2J", "node", "x\ny"));
    for (String interval : List.of("-1", "0", "1e999", "99999999999999999999", "soon", "")) {
      keyed("an interval of " + interval, Map.of("sampling_interval_ms", interval));
    }
    for (String schema :
        List.of(
            "",
            "not base64!",
            Base64.getEncoder().encodeToString(new byte[200]),
            Base64.getEncoder().encodeToString(cyclic()),
            "A".repeat(10 << 20))) {
      keyed("a schema of " + schema.length(), Map.of(ParquetRecording.ARROW_SCHEMA, schema));
    }
    String name = "n".repeat(1 << 20);
    table("a long name", new long[] {START, START + 1}, Map.of(), name, Map.of("metric", "m"));
    table("a name in lines", new long[] {START}, Map.of(), "a\nb\u0000", Map.of("metric", "a\nb"));
    table(
        "a label in lines", new long[] {START}, Map.of(), "a", Map.of("metric", "m", "x\n", "\n"));
    table("times at the ends", new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}, Map.of());
    table("times backwards", new long[] {START + 5, START, START - 5}, Map.of());
    table("the same time", new long[] {START, START, START}, Map.of());
    bomb("millions of rows in nothing", 2, 1_500_000);
    bomb("rows in thousands of groups", 3000, 1);
    return Map.copyOf(files);
  }

  /** Raw snapshots by what is wrong with them. */
  Map<String, byte[]> raw() {
    files.clear();
    byte[] good = SnapshotServer.encode(1);
    snapshots("an array without end", good, new byte[] {(byte) 0xDD, -1, -1, -1, -1});
    snapshots("a map without end", good, new byte[] {(byte) 0x94, (byte) 0xDF, -1, -1, -1, -1});
    snapshots("a text without end", good, new byte[] {(byte) 0x94, (byte) 0xDB, -1, -1, -1, -1});
    snapshots("bytes without end", good, new byte[] {(byte) 0x94, (byte) 0xC6, 0x7F, -1, -1, -1});
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 0x91);
    snapshots("arrays in arrays", good, new byte[] {(byte) 0x94}, deep);
    Arrays.fill(deep, (byte) 0x94);
    snapshots("arrays of four in arrays of four", deep);
    snapshots("another schema each time", histograms());
    files.put("zeros that were packed", Zstd.compress(new byte[200 << 20]));
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      many.writeBytes(good);
    }
    files.put("one snapshot twenty thousand times", Zstd.compress(many.toByteArray()));
    files.put(
        "a window of two gigabytes",
        new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) 0xA8, 1, 0, 0});
    files.put("a frame in nothing", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD});
    return Map.copyOf(files);
  }

  /** Archives of version 3 by what is wrong with them. */
  Map<String, byte[]> sqlite() throws IOException, SQLException {
    files.clear();
    String endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    for (String table : List.of("recordings", "segments", "wal", "clock_offsets")) {
      archive("a view that never ends as " + table, drop(table), view(table, endless));
      archive("no table " + table, drop(table));
      archive("another table " + table, drop(table), "CREATE TABLE " + table + "(x)");
    }
    for (String on : List.of("UPDATE", "INSERT", "DELETE")) {
      archive(
          "a trigger that empties it on " + on,
          "CREATE TRIGGER t AFTER " + on + " ON recordings BEGIN DELETE FROM segments; END");
      archive(
          "a trigger that never ends on " + on,
          "CREATE TRIGGER t AFTER "
              + on
              + " ON recordings BEGIN INSERT INTO clock_offsets SELECT 1, i, i FROM ("
              + endless
              + "); END");
    }
    archive("an index that computes", "CREATE INDEX x ON wal(hex(zeroblob(100000000)))");
    archive(
        "metadata that is computed",
        "ALTER TABLE recordings RENAME TO old",
        "CREATE TABLE recordings(id INTEGER PRIMARY KEY, labels TEXT, metadata TEXT AS"
            + " (replace(hex(zeroblob(200000000)), '00', '{}')), complete INTEGER,"
            + " clock_anchor_wall_ns INTEGER)",
        "INSERT INTO recordings(id, labels, complete, clock_anchor_wall_ns)"
            + " SELECT id, labels, 1, 1 FROM old");
    for (String column : List.of("labels", "metadata")) {
      set(column + " of arrays in arrays", column, "replace(hex(zeroblob(200000)), '00', '[')");
      set(
          column + " of objects in objects",
          column,
          "replace(hex(zeroblob(100000)), '00', '{\"a\":')");
      set("huge " + column, column, "'{\"a\":\"' || hex(zeroblob(20000000)) || '\"}'");
      set(column + " in lines", column, "'{\"source\":\"a\\nb\",\"x\\ny\":\"\\u0000\"}'");
      set(column + " that is no text", column, "zeroblob(10)");
      set(column + " that is a number", column, "1e300");
      set(column + " of another kind", column, "'[1,2]'");
    }
    for (String column : List.of("rows", "first_ts", "last_ts", "seq")) {
      for (String value : List.of("-1", "9223372036854775807", "'many'", "zeroblob(9)", "1e300")) {
        archive(column + " of " + value, "UPDATE segments SET " + column + " = " + value);
      }
    }
    archive("a name in lines", "UPDATE segments SET sampler = 'a\nb' || char(0) || 'c'");
    archive("a name that is no text", "UPDATE segments SET sampler = x'ff00ff'");
    archive("a huge name", "UPDATE segments SET sampler = hex(zeroblob(10000000))");
    archive("segments without a byte", "UPDATE segments SET bytes = x''");
    archive("segments of zeros", "UPDATE segments SET bytes = zeroblob(50000000)");
    archive("segments that are text", "UPDATE segments SET bytes = 'PAR1 PAR1'");
    byte[] bomb = parquetOf(1, 3_000_000);
    Files.write(scratch.resolve("bomb"), bomb);
    archive("segments of nothing", "UPDATE segments SET bytes = x'" + hex(bomb) + "'");
    String row = "INSERT INTO wal SELECT 1, 'demo/main', 900000000000000000 + value, 0, ";
    String series = " FROM (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3)";
    for (String cell :
        List.of(
            "x''", "x'96ddffffffff'", "x'ddffffffff'", "'text'", "zeroblob(30000000)", "x'96'")) {
      archive("a row of " + cell, row + cell + series);
    }
    archive(
        "rows in arrays", row + "CAST(replace(hex(zeroblob(500000)), '00', '[') AS BLOB)" + series);
    archive(
        "a hundred thousand tables",
        "INSERT INTO wal WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT"
            + " 100000) SELECT 1, 't' || i, i, 0, x'90' FROM n");
    archive(
        "twenty thousand recordings",
        "INSERT INTO recordings WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
            + " LIMIT 20000) SELECT i, '{}', '{}', 1, 1 FROM n");
    archive(
        "a million clock offsets",
        "INSERT INTO clock_offsets WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
            + " LIMIT 1000000) SELECT 1, i, i FROM n");
    archive("two versions", "INSERT INTO schema_version VALUES (3)");
    archive("another version", "UPDATE schema_version SET version = 4");
    archive("a version of text", "UPDATE schema_version SET version = 'three'");
    return Map.copyOf(files);
  }

  /** Tars by what is wrong with them. */
  Map<String, byte[]> tars() throws IOException {
    files.clear();
    byte[] parquet = Files.readAllBytes(samples.file("run.parquet"));
    String manifest =
        "{\"version\":2,\"recordings\":[{\"dir\":\"%s\",\"labels\":{},\"metadata\":{},"
            + "\"complete\":true,\"tables\":[{\"sampler\":\"demo\",\"files\":[\"%s\"],"
            + "\"rows\":20,\"cadence_ns\":null}]}]}";
    tar("a file outside", "../../x", parquet, manifest.formatted("..", "../x"));
    tar("a file at the root", "/x", parquet, manifest.formatted("", "x"));
    tar("a file of the system", "0/x", parquet, manifest.formatted("/etc", "passwd"));
    tar("deep arrays", "0/x", parquet, "[".repeat(DEEP) + "]".repeat(DEEP));
    tar(
        "a deep recording",
        "0/x",
        parquet,
        "{\"version\":2,\"recordings\":" + "[{\"a\":".repeat(DEEP) + "1" + "}]".repeat(DEEP) + "}");
    tar("no recordings", "0/x", parquet, "{\"version\":2,\"recordings\":[]}");
    tar("a name in lines", "0/a\nb", parquet, manifest.formatted("0", "a\\nb"));
    tar("a file that is no recording", "0/x", new byte[5000], manifest.formatted("0", "x"));
    tar("a file of nothing", "0/x", parquetOf(1, 3_000_000), manifest.formatted("0", "x"));
    StringBuilder tables = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      tables
          .append(i == 0 ? "" : ",")
          .append("{\"sampler\":\"t")
          .append(i)
          .append("\",\"rows\":1}");
    }
    tar(
        "five thousand tables",
        "0/x",
        parquet,
        "{\"version\":2,\"recordings\":[{\"dir\":\"0\",\"labels\":{},\"metadata\":{},\"tables\":["
            + tables
            + "]}]}");
    for (char type : new char[] {'1', '2', '3', '5', 'L', 'K', 'x', 'g', 'S'}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SampleFiles.tarHeader(out, "0/x", type == 'L' || type == 'x' ? 1L << 32 : 0, type);
      SampleFiles.tarEntry(out, "manifest.json", bytes(manifest.formatted("0", "x")));
      files.put("an entry of type " + type, out.toByteArray());
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 5_000; i++) {
      SampleFiles.tarHeader(many, "manifest.json", 0, '0');
    }
    files.put("manifests without end", many.toByteArray());
    ByteArrayOutputStream pair = new ByteArrayOutputStream();
    SampleFiles.tarEntry(pair, "baseline.parquet", parquet);
    SampleFiles.tarEntry(pair, "ab.json", bytes("[".repeat(DEEP)));
    files.put("a pair of arrays in arrays", pair.toByteArray());
    return Map.copyOf(files);
  }

  /** Texts by what is wrong with them. */
  Map<String, byte[]> texts() {
    files.clear();
    text("a long line", "x".repeat(20 << 20) + " 1\n");
    text("a long value", "x 1" + "0".repeat(1 << 20) + "\n");
    text("many labels", "x{" + "a=\"1\",".repeat(500_000) + "} 1\n");
    text("a label without end", "x{a=\"" + "y".repeat(10 << 20));
    text("braces in braces", "x" + "{".repeat(1 << 20) + "\n");
    text("numbers at the ends", "a 1e308\nb -1e308\nc NaN\nd +Inf\ne 1e-320\nf 0x1p1023\n");
    text("times at the ends", "a 1 9223372036854775807\na 1 -9223372036854775808\nb 1 1e99\n");
    StringBuilder bounds = new StringBuilder("# TYPE h histogram\n");
    for (String bound : List.of("-1", "0", "1e300", "NaN", "-Inf", "", "x", "1e-300", "+Inf")) {
      bounds.append("h_bucket{le=\"").append(bound).append("\"} 1e19\n");
    }
    text("bounds of any kind", bounds.toString());
    StringBuilder series = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      series.append("s{i=\"").append(i).append("\"} ").append(i).append('\n');
    }
    text("five thousand series", series.toString());
    StringBuilder times = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      times.append("s{i=\"").append(i % 200).append("\"} 1 ").append(1000L * i).append('\n');
    }
    text("five thousand times", times.toString());
    return Map.copyOf(files);
  }

  private void footer(String name, byte[] footer) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes("PAR1"));
    file.writeBytes(footer);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    file.writeBytes(length.putInt(footer.length).array());
    file.writeBytes(bytes("PAR1"));
    files.put(name, file.toByteArray());
  }

  private void keyed(String name, Map<String, String> keys) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sampling_interval_ms", "1000");
    all.put("source", "rezolus");
    all.putAll(keys);
    table(name, new long[] {START, START + 1_000_000_000L}, all);
  }

  private void table(String name, long[] times, Map<String, String> keys) throws IOException {
    table(name, times, keys, "c", Map.of("metric", "syscall"));
  }

  private void table(
      String name,
      long[] times,
      Map<String, String> keys,
      String column,
      Map<String, String> labels)
      throws IOException {
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField(column, ArrowField.Type.UINT64, true, labels));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.CONVERSION)) {
      out.startRowGroup(times.length);
      out.longs(times);
      out.longs(new long[times.length]);
      out.finish(keys);
      files.put(name, out.toByteArray());
    }
  }

  private void bomb(String name, int groups, int rows) throws IOException {
    files.put(name, parquetOf(groups, rows));
  }

  /** Rows that take next to no room, of three columns. */
  private static byte[] parquetOf(int groups, int rows) throws IOException {
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField("a", ArrowField.Type.UINT64, true, Map.of("metric", "syscall")),
            new ArrowField("b", ArrowField.Type.INT64, true, Map.of("metric", "b")));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, WriteOptions.CONVERSION)) {
      for (int group = 0; group < groups; group++) {
        out.startRowGroup(rows);
        for (int column = 0; column < fields.size(); column++) {
          out.longs(new long[rows]);
        }
      }
      out.finish(Map.of("sampling_interval_ms", "1000", "source", "rezolus"));
      return out.toByteArray();
    }
  }

  /** A schema all of whose references are to themselves. */
  private static byte[] cyclic() {
    ByteBuffer message = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    return message.putInt(0, -1).putInt(4, 120).array();
  }

  private void snapshots(String name, byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    files.put(name, all.toByteArray());
    files.put(name + ", packed", Zstd.compress(all.toByteArray()));
  }

  /** Snapshots of version 2 with histograms of the widest configuration, each of another name. */
  private static byte[] histograms() {
    MsgpackBuffer out = new MsgpackBuffer();
    for (int i = 0; i < 200; i++) {
      out.raw(SnapshotServer.encode(1 + i));
      out.raw(SnapshotServer.encode(i));
    }
    return out.toByteArray();
  }

  private void archive(String name, String... statements) throws IOException, SQLException {
    Path path = scratch.resolve("archive.rez");
    Files.write(path, Files.readAllBytes(samples.file("run.rez")));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        try {
          statement.executeUpdate(sql);
        } catch (SQLException e) {
          throw new SQLException(name + ": " + e.getMessage(), e);
        }
      }
      statement.executeUpdate("PRAGMA journal_mode=DELETE");
    }
    files.put(name, Files.readAllBytes(path));
    Files.delete(path);
  }

  private void set(String name, String column, String value) throws IOException, SQLException {
    archive(name, "UPDATE recordings SET " + column + " = " + value);
  }

  private static String drop(String table) {
    return "DROP TABLE " + table;
  }

  private static String view(String table, String endless) {
    return switch (table) {
      case "recordings" ->
          "CREATE VIEW recordings AS SELECT i AS id, '{}' AS labels, '{}' AS metadata, 1 AS"
              + " complete, 1 AS clock_anchor_wall_ns FROM ("
              + endless
              + ")";
      case "segments" ->
          "CREATE VIEW segments AS SELECT 1 AS recording_id, 'a' AS sampler, i AS seq, 1 AS rows,"
              + " 1 AS first_ts, 1 AS last_ts, x'' AS bytes FROM ("
              + endless
              + ")";
      case "wal" ->
          "CREATE VIEW wal AS SELECT 1 AS recording_id, 'a' AS sampler, i AS ts, 0 AS wall_offset,"
              + " x'' AS row FROM ("
              + endless
              + ")";
      default ->
          "CREATE VIEW clock_offsets AS SELECT 1 AS recording_id, i AS ts, 0 AS offset_ns FROM ("
              + endless
              + ")";
    };
  }

  private void tar(String name, String file, byte[] bytes, String manifest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SampleFiles.tarEntry(out, file, bytes);
    SampleFiles.tarEntry(out, "manifest.json", bytes(manifest));
    out.writeBytes(new byte[1024]);
    files.put(name, out.toByteArray());
  }

  private void text(String name, String text) {
    files.put(name, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
