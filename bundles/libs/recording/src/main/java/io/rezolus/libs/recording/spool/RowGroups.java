package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.StagedFile;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.wraps.parquet.ParquetAssembly;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a parquet recording of snapshots as they come. Which columns it has is known with the last
 * snapshot; until then its row groups lie encoded in a file without a name, which vanishes with the
 * process, so that ending it is little more than copying them. Not thread safe.
 */
public final class RowGroups implements Closeable {
  static final long BYTES_MAX = 8L << 20;

  private final Path output;
  private final WriteOptions options;
  private final long bytesMax;
  private final FileChannel file;
  private final ColumnCatalogue catalogue = new ColumnCatalogue();
  private final RowCollector collector = new RowCollector();
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private long rows;

  /**
   * @param output the recording in the end; nothing is seen in its folder until then
   */
  public RowGroups(Path output, WriteOptions options) throws IOException {
    this(output, options, BYTES_MAX);
  }

  /**
   * @param bytesMax memory for the cells of a row group
   */
  RowGroups(Path output, WriteOptions options, long bytesMax) throws IOException {
    this.output = output;
    this.options = options;
    this.bytesMax = bytesMax;
    Path partial = StagedFile.partial(output);
    file =
        FileChannel.open(
            partial.resolveSibling(partial.getFileName() + "-groups"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * Adds a row.
   *
   * @param timed whether the snapshot says how long it took
   * @throws IOException when there is no room, or there are more columns than fit in memory
   */
  public void add(Snapshot snapshot, boolean timed) throws IOException {
    catalogue.add(snapshot);
    if (metadata.isEmpty()) {
      metadata.putAll(snapshot.metadata());
    }
    collector.add(snapshot, timed);
    rows++;
    if (collector.rows() == ParquetTableWriter.ROWS_MAX || collector.exceeds(bytesMax)) {
      flush();
    }
  }

  public long rows() {
    return rows;
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
    try (StagedFile staged = new StagedFile(output)) {
      int columns = write(Files.newOutputStream(staged.path()));
      staged.publish();
      return columns;
    }
  }

  private int write(OutputStream target) throws IOException {
    List<ColumnKey> keys = catalogue.keys();
    Map<ColumnKey, Integer> ordinals = new HashMap<>();
    for (ColumnKey key : keys) {
      ordinals.put(key, ordinals.size() + 2);
    }
    List<ArrowField> fields = catalogue.fields(keys);
    try (ParquetAssembly out =
        new ParquetAssembly(target, ParquetTableWriter.columns(fields), options)) {
      for (Part part : parts) {
        int[] columns = new int[part.keys().size() + 2];
        columns[1] = 1;
        for (int i = 2; i < columns.length; i++) {
          columns[i] = ordinals.get(part.keys().get(i - 2));
        }
        out.append(read(part), columns);
      }
      Map<String, String> footer = new TreeMap<>(metadata);
      footer.put(ParquetRecording.ARROW_SCHEMA, ParquetTableWriter.schema(fields));
      out.finish(footer);
    }
    return fields.size();
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
      once.add(snapshot, true);
      once.flush();
      once.write(OutputStream.nullOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void flush() throws IOException {
    if (collector.rows() > 0) {
      List<ColumnKey> keys = collector.keys();
      byte[] bytes = collector.drain(keys, options);
      parts.add(new Part(file.position(), bytes.length, keys));
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
    }
  }

  private byte[] read(Part part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(part.length());
    while (bytes.hasRemaining()) {
      if (file.read(bytes, part.position() + bytes.position()) < 0) {
        throw new EOFException(output + ": a row group is cut off");
      }
    }
    return bytes.array();
  }

  /** Where a row group lies in the file, and which columns it has besides those of times. */
  private record Part(long position, int length, List<ColumnKey> keys) {}
}
