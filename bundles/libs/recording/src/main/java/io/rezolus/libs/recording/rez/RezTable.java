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
import java.util.List;

/** A table of an archive: its segments in order, then the rows that were not sealed yet. */
final class RezTable implements Table {
  private final String name;
  private final List<Part> parts;
  private final ColumnUnion columns;

  private RezTable(String name, List<Part> parts, ColumnUnion columns) {
    this.name = name;
    this.parts = parts;
    this.columns = columns;
  }

  /** Reads what the table consists of, within a transaction. */
  static RezTable read(
      Archive archive,
      Connection connection,
      SegmentStore store,
      long recording,
      TableCatalog catalog)
      throws SQLException, IOException {
    String name = catalog.name();
    List<Part> parts = new ArrayList<>();
    ColumnUnion columns = new ColumnUnion();
    for (long seq : sequence(connection, recording, name)) {
      Table segment = store.segment(recording, name, seq);
      // one row group, but segments that were made from older archives may have more
      for (int group = 0; group < segment.parts(); group++) {
        columns.add(segment.columns());
        parts.add(new Part(segment.rows(group), group, () -> store.segment(recording, name, seq)));
      }
    }
    if (catalog.liveRows() > 0) {
      SegmentBuilder rows =
          LiveRows.read(
              archive.path(), connection, recording, name, Long.MIN_VALUE, Long.MAX_VALUE);
      if (rows.rows() > 0) {
        Table live = store.open(SegmentEncoder.encode(rows), name + " live rows");
        columns.add(live.columns());
        parts.add(new Part(live.rows(0), 0, () -> live));
      }
    }
    return new RezTable(name, parts, columns);
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
    return parts.stream().mapToLong(Part::rows).sum();
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
    return read(part, Table::timestamps);
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

  private record Part(int rows, int group, Source source) {}
}
