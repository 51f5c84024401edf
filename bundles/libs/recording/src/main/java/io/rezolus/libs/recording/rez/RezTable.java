package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.Windows;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of an archive: its segments in order, then the rows that were not sealed yet. */
final class RezTable implements Table {
  private final String name;
  private final Map<Long, List<Part>> sealed;
  private final List<Part> parts;
  private final ColumnUnion columns;

  private RezTable(
      String name, Map<Long, List<Part>> sealed, List<Part> parts, ColumnUnion columns) {
    this.name = name;
    this.sealed = sealed;
    this.parts = parts;
    this.columns = columns;
  }

  /**
   * Reads what the table consists of, within a transaction.
   *
   * @param before the table as it was, whose segments are not read again; null where it was not
   */
  static RezTable read(
      Archive archive,
      Connection connection,
      SegmentStore store,
      long recording,
      TableCatalog catalog,
      RezTable before)
      throws SQLException, IOException {
    String name = catalog.name();
    Map<Long, List<Part>> sealed = new LinkedHashMap<>();
    for (long seq : sequence(connection, recording, name)) {
      List<Part> known = before == null ? null : before.sealed.get(seq);
      sealed.put(seq, known == null ? segment(store, recording, name, seq) : known);
    }
    List<Part> parts = new ArrayList<>();
    ColumnUnion columns = new ColumnUnion();
    for (List<Part> segment : sealed.values()) {
      for (Part part : segment) {
        columns.add(part.columns);
        parts.add(part);
      }
    }
    if (catalog.liveRows() > 0) {
      SegmentBuilder rows =
          LiveRows.read(
              archive.path(), connection, recording, name, Long.MIN_VALUE, Long.MAX_VALUE);
      if (rows.rows() > 0) {
        Table live = store.open(SegmentEncoder.encode(rows), name + " live rows");
        columns.add(live.columns());
        parts.add(new Part(live.rows(0), 0, live.columns(), () -> live));
      }
    }
    return new RezTable(name, sealed, parts, columns);
  }

  /** One row group, but segments that were made from older archives may have more. */
  private static List<Part> segment(SegmentStore store, long recording, String name, long seq)
      throws IOException {
    Table segment = store.segment(recording, name, seq);
    List<Part> parts = new ArrayList<>();
    for (int group = 0; group < segment.parts(); group++) {
      parts.add(
          new Part(
              segment.rows(group),
              group,
              segment.columns(),
              () -> store.segment(recording, name, seq)));
    }
    return parts;
  }

  private static List<Long> sequence(Connection connection, long recording, String table)
      throws SQLException {
    List<Long> sequence = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq FROM segments WHERE recording_id = ? AND sampler = ? ORDER BY seq")) {
      query.setLong(1, recording);
      query.setString(2, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          sequence.add(rows.getLong(1));
        }
      }
    }
    return sequence;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<RecordedColumn> columns() {
    return columns.columns();
  }

  @Override
  public long rows() {
    return parts.stream().mapToLong(part -> part.rows).sum();
  }

  @Override
  public int parts() {
    return parts.size();
  }

  @Override
  public int rows(int part) {
    return parts.get(part).rows;
  }

  @Override
  public long[] timestamps(int part) throws IOException {
    Part of = parts.get(part);
    long[] times = of.times;
    if (times == null) {
      times = read(part, Table::timestamps);
      of.times = times;
    }
    return times.clone();
  }

  @Override
  public Longs values(RecordedColumn column, int part) throws IOException {
    RecordedColumn stored = columns.stored(column, part);
    return stored == null
        ? new Longs(new long[rows(part)], new BitSet())
        : read(part, (segment, group) -> segment.values(stored, group));
  }

  @Override
  public long[][] histograms(RecordedColumn column, int part) throws IOException {
    RecordedColumn stored = columns.stored(column, part);
    return stored == null
        ? new long[rows(part)][]
        : read(part, (segment, group) -> segment.histograms(stored, group));
  }

  @Override
  public Windows windows(RecordedColumn column, int part) throws IOException {
    RecordedColumn stored = columns.stored(column, part);
    return stored == null ? null : read(part, (segment, group) -> segment.windows(stored, group));
  }

  @Override
  public Longs wallOffsets(int part) throws IOException {
    return read(part, Table::wallOffsets);
  }

  private <T> T read(int part, Reading<T> reading) throws IOException {
    Part of = parts.get(part);
    try {
      return reading.of(of.source.table(), of.group);
    } catch (IOException e) {
      throw SegmentStore.oneLine(e);
    }
  }

  /** Reads something of a row group. */
  private interface Reading<T> {
    T of(Table segment, int group) throws IOException;
  }

  /** Where a part's values are. */
  private interface Source {
    Table table() throws IOException;
  }

  /** Rows that do not change any more, as far as they are known. */
  private static final class Part {
    private final int rows;
    private final int group;
    private final List<RecordedColumn> columns;
    private final Source source;

    /** Kept, as whoever looks at a growing archive asks for them every time. */
    private volatile long[] times;

    Part(int rows, int group, List<RecordedColumn> columns, Source source) {
      this.rows = rows;
      this.group = group;
      this.columns = columns;
      this.source = source;
    }
  }
}
