package io.rezolus.libs.recording.spool;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.SnapshotStream;
import io.rezolus.libs.wire.WireException;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a spool of msgpack snapshots into a parquet recording. Reads it twice: once for the columns
 * of all snapshots together, then row group by row group, so that memory does not grow with the
 * length of the recording.
 */
public final class SpoolConverter {
  private static final int READ_BYTES = 1 << 16;
  private static final long BYTES_MAX = 8L << 20;

  private final long bytesMax;

  public SpoolConverter() {
    this(BYTES_MAX);
  }

  /**
   * @param bytesMax memory for the cells of a row group
   */
  SpoolConverter(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * Converts a spool.
   *
   * @param output appears only when it is complete; an existing file is then replaced
   * @param keyValues file-level metadata; they win over what the first snapshot with any says
   */
  public Conversion convert(Path spool, Path output, Map<String, String> keyValues)
      throws IOException {
    ColumnCatalogue catalogue = new ColumnCatalogue();
    Map<String, String> footer = new TreeMap<>();
    Each first =
        each(
            spool,
            Long.MAX_VALUE,
            snapshot -> {
              catalogue.add(snapshot);
              if (footer.isEmpty()) {
                footer.putAll(snapshot.metadata());
              }
            });
    footer.putAll(keyValues);
    List<ColumnKey> keys = catalogue.keys();
    List<ArrowField> fields = catalogue.fields(keys);
    try (ParquetTableWriter out =
        ParquetTableWriter.toFile(output, fields, WriteOptions.CONVERSION)) {
      RowCollector rows = new RowCollector(out, keys, bytesMax);
      each(spool, first.snapshots(), rows::add);
      rows.flush();
      out.finish(footer);
    }
    return new Conversion(first.snapshots(), first.torn());
  }

  private static Each each(Path spool, long limit, SnapshotConsumer consumer) throws IOException {
    long snapshots = 0;
    try (SnapshotStream in =
        new SnapshotStream(new BufferedInputStream(Files.newInputStream(spool), READ_BYTES))) {
      while (snapshots < limit) {
        DecodedSnapshot next;
        try {
          next = in.next();
        } catch (WireException e) {
          // a spool that was cut off in the middle of a snapshot is good up to there
          return new Each(snapshots, e.getMessage());
        }
        if (next == null) {
          break;
        }
        consumer.accept(next.snapshot());
        snapshots++;
      }
    }
    return new Each(snapshots, null);
  }

  /**
   * What a conversion came to.
   *
   * @param rows snapshots written
   * @param torn why the spool could not be read to its end; null when it could
   */
  public record Conversion(long rows, String torn) {}

  private record Each(long snapshots, String torn) {}

  private interface SnapshotConsumer {
    void accept(Snapshot snapshot) throws IOException;
  }
}
