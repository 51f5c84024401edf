package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ParquetAssembly;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Makes a parquet recording of snapshots as they come. Row groups go to the file at once; which
 * columns it has is known with the last snapshot, so that only the footer, and the rows since the
 * last row group, are left for the end. Memory depends on the number of columns and not on that of
 * rows. Not thread safe but for {@link #help}.
 */
public final class RowGroups implements Closeable {
  /** Memory for the cells of a row group, where there is one recording at a time. */
  public static final long BYTES_MAX = 8L << 20;

  /** How long the rows that are left for the end may take to encode, in one thread. */
  private static final long ENCODING_NANOS = 220_000_000;

  private final Path output;
  private final WriteOptions options;
  private final long bytesMax;
  private final FileChannel scratch;
  private final ColumnCatalogue catalogue = new ColumnCatalogue();
  private final RowCollector collector = new RowCollector(catalogue);
  private final Map<String, String> metadata = new TreeMap<>();
  private volatile SliceEncoding encoding;
  private GroupFile file;
  private FileChannel pages;
  private ParquetAssembly assembly;
  private double nanosPerValue = 30;
  private int sources = 1;
  private long rows;
  private int groups;

  /**
   * @param output the recording in the end; it grows in a hidden file beside it
   */
  public RowGroups(Path output, WriteOptions options) throws IOException {
    this(output, options, BYTES_MAX);
  }

  /**
   * @param bytesMax memory for the cells of a row group
   */
  public RowGroups(Path output, WriteOptions options, long bytesMax) throws IOException {
    this.output = output;
    this.options = options;
    this.bytesMax = bytesMax;
    scratch = GroupFile.nameless(output, "-columns");
  }

  /**
   * Adds a row.
   *
   * @param timed whether the snapshot says how long it took
   * @throws IOException when there is no room, or there are more columns than fit in memory
   */
  public void add(Snapshot snapshot, boolean timed) throws IOException {
    if (metadata.isEmpty()) {
      metadata.putAll(snapshot.metadata());
    }
    collector.startRow(snapshot.systemTimeNanos());
    collector.add(0, snapshot, timed);
    endRow();
  }

  /**
   * Adds a row of what several sources had at a moment.
   *
   * @param timestampNanos later than all before
   * @param snapshots by source; null for a source without one
   */
  public void add(long timestampNanos, List<Snapshot> snapshots) throws IOException {
    sources = Math.max(sources, snapshots.size());
    collector.startRow(timestampNanos);
    for (int source = 0; source < snapshots.size(); source++) {
      if (snapshots.get(source) != null) {
        collector.add(source, snapshots.get(source), true);
      }
    }
    endRow();
  }

  public long rows() {
    return rows;
  }

  /** Row groups written so far. */
  public int groups() {
    return groups;
  }

  /**
   * The columns so far, in file order: {@code timestamp}, {@code duration} of each source, then
   * those of each source.
   */
  public List<GroupedColumn> columns() {
    int[] numbers = catalogue.sorted(IntStream.range(0, catalogue.size()).toArray());
    return new AbstractList<>() {
      @Override
      public GroupedColumn get(int index) {
        if (index == 0) {
          return new GroupedColumn(GroupedColumn.TIMESTAMP, -1, GroupedColumn.timestampField());
        }
        if (index <= sources) {
          int id = GroupedColumn.duration(index - 1);
          return new GroupedColumn(id, index - 1, GroupedColumn.durationField());
        }
        int number = numbers[index - 1 - sources];
        return new GroupedColumn(
            GroupedColumn.metric(number), catalogue.key(number).source(), catalogue.field(number));
      }

      @Override
      public int size() {
        return 1 + sources + numbers.length;
      }
    };
  }

  /**
   * Writes the recording; an earlier file of its name is replaced when it is complete.
   *
   * @param keyValues file-level metadata; they win over what the first snapshot with any says
   * @return columns written, {@code timestamp} and {@code duration} among them
   */
  public int finish(Map<String, String> keyValues) throws IOException {
    flush();
    metadata.putAll(keyValues);
    return finish(columns(), metadata);
  }

  /**
   * Writes the recording with columns of other names or labels, or fewer.
   *
   * @param columns those of {@link #columns}, in that order
   * @param keyValues all of the file-level metadata
   * @return columns written
   */
  public int finish(List<GroupedColumn> columns, Map<String, String> keyValues) throws IOException {
    flush();
    write(columns, keyValues);
    file.publish();
    return columns.size();
  }

  /**
   * Takes part in what another thread encodes in {@link #add} or {@link #finish}. Returns at once
   * where there is nothing to do.
   */
  public void help() {
    SliceEncoding current = encoding;
    if (current != null) {
      current.help();
    }
  }

  /** Forces the row groups to the disk, so that little is left to force in the end. */
  public void force() throws IOException {
    if (pages != null) {
      pages.force(false);
    }
  }

  /** Makes a row group of the rows that are in none. */
  public void flush() throws IOException {
    if (collector.rows() == 0) {
      return;
    }
    open();
    long values = collector.values();
    long start = System.nanoTime();
    RowBatch batch = collector.take();
    List<RowBatch.Slice> slices = batch.slices();
    SliceEncoding current = new SliceEncoding(slices, catalogue, options);
    encoding = current;
    try {
      assembly.startRowGroup(batch.rows());
      for (int i = 0; i < slices.size(); i++) {
        assembly.append(current.take(i), slices.get(i).ids());
      }
    } finally {
      encoding = null;
    }
    groups++;
    // others may have had the processor meanwhile, so less counts more
    double measured = (double) (System.nanoTime() - start) / values;
    nanosPerValue = Math.min(measured, 1.1 * nanosPerValue);
  }

  /**
   * Does everything once that making a recording takes, and keeps nothing of it. Code that has
   * never run is slow; whoever wants {@link #finish} to be quick calls this a few times before,
   * when nobody waits.
   *
   * @param output as for the recording
   */
  public static void rehearse(Path output, WriteOptions options, Snapshot snapshot)
      throws IOException {
    try (RowGroups once = new RowGroups(output, options)) {
      once.pages = GroupFile.nameless(output, "-rehearsal");
      once.assembly = new ParquetAssembly(once.pages, once.scratch, options);
      once.add(snapshot, true);
      once.flush();
      once.write(once.columns(), snapshot.metadata());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      scratch.close();
    } finally {
      if (pages != null) {
        pages.close();
      }
      if (file != null) {
        file.close();
      }
    }
  }

  private void endRow() throws IOException {
    rows++;
    if (collector.rows() == ParquetTableWriter.ROWS_MAX
        || collector.bytes() > bytesMax
        || collector.values() * nanosPerValue > ENCODING_NANOS) {
      flush();
    }
  }

  private void open() throws IOException {
    if (assembly == null) {
      file = new GroupFile(output);
      pages = file.channel();
      assembly = new ParquetAssembly(pages, scratch, options);
    }
  }

  private void write(List<GroupedColumn> columns, Map<String, String> keyValues)
      throws IOException {
    open();
    Map<String, String> footer = new TreeMap<>(keyValues);
    footer.put(
        ParquetRecording.ARROW_SCHEMA,
        ParquetTableWriter.schema(
            new AbstractList<ArrowField>() {
              @Override
              public ArrowField get(int index) {
                return columns.get(index).field();
              }

              @Override
              public int size() {
                return columns.size();
              }
            }));
    List<Column> parquet = new ArrayList<>(columns.size());
    int[] ids = new int[columns.size()];
    for (int i = 0; i < ids.length; i++) {
      GroupedColumn column = columns.get(i);
      ids[i] = column.id();
      parquet.add(GroupedColumn.column(column.field()));
    }
    assembly.finish(parquet, ids, footer);
  }
}
