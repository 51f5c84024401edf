package io.rezolus.libs.recording.spool;

import com.github.luben.zstd.ZstdIOException;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetTableWriter;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.SnapshotStream;
import io.rezolus.libs.wire.WireException;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Turns msgpack snapshots of any version, one after another, into a parquet recording. Reads them
 * twice: once for the columns of all snapshots together, then row group by row group, so that
 * memory does not grow with the length of the recording.
 */
public final class SpoolConverter {
  private static final long BYTES_MAX = 8L << 20;
  private static final int SKIPPED_MAX = 10;

  private final WriteOptions options;
  private final long bytesMax;

  public SpoolConverter() {
    this(WriteOptions.CONVERSION);
  }

  /**
   * @param options how the recording is packed
   */
  public SpoolConverter(WriteOptions options) {
    this(options, BYTES_MAX);
  }

  /**
   * @param bytesMax memory for the cells of a row group
   */
  SpoolConverter(WriteOptions options, long bytesMax) {
    this.options = options;
    this.bytesMax = bytesMax;
  }

  /** {@link #convert(Path, Path, Map, Progress)} without being told how far it is. */
  public Conversion convert(Path spool, Path output, Map<String, String> keyValues)
      throws IOException {
    return convert(spool, output, keyValues, (done, total) -> {});
  }

  /**
   * Converts a spool or raw recording, plain or compressed with zstd. One that is cut off or
   * damaged is good up to there, and {@link Conversion#torn} says so.
   *
   * @param output appears only when it is complete; an existing file is then replaced
   * @param keyValues file-level metadata; they win over what the first snapshot with any says
   * @throws IOException when reading or writing fails, or there are more columns than fit in memory
   */
  public Conversion convert(
      Path spool, Path output, Map<String, String> keyValues, Progress progress)
      throws IOException {
    SnapshotFile snapshots = new SnapshotFile(spool);
    long size = Files.size(spool);
    ColumnCatalogue catalogue = new ColumnCatalogue();
    Map<String, String> footer = new TreeMap<>();
    Set<String> skipped = new LinkedHashSet<>();
    Each first =
        each(
            snapshots,
            Long.MAX_VALUE,
            done -> progress.advanced(done, 2 * size),
            decoded -> {
              catalogue.add(decoded.snapshot());
              if (footer.isEmpty()) {
                footer.putAll(decoded.snapshot().metadata());
              }
              for (String line : decoded.skipped()) {
                if (skipped.size() < SKIPPED_MAX) {
                  skipped.add(line);
                }
              }
            });
    footer.putAll(keyValues);
    List<ColumnKey> keys = catalogue.keys();
    List<ArrowField> fields = catalogue.fields(keys);
    try (ParquetTableWriter out = ParquetTableWriter.toFile(output, fields, options)) {
      RowCollector rows = new RowCollector(out, keys, bytesMax);
      each(
          snapshots,
          first.snapshots(),
          done -> progress.advanced(size + done, 2 * size),
          rows::add);
      rows.flush();
      out.finish(footer);
    }
    return new Conversion(first.snapshots(), fields.size(), first.torn(), List.copyOf(skipped));
  }

  private static Each each(
      SnapshotFile file, long limit, LongConsumer progress, SnapshotConsumer consumer)
      throws IOException {
    long snapshots = 0;
    try (SnapshotStream in = file.open(progress)) {
      while (snapshots < limit) {
        DecodedSnapshot next;
        try {
          next = in.next();
        } catch (WireException e) {
          return new Each(snapshots, e.getMessage());
        } catch (ZstdIOException e) {
          return new Each(snapshots, "compressed data: " + e.getMessage());
        }
        if (next == null) {
          break;
        }
        consumer.accept(next);
        snapshots++;
      }
    }
    return new Each(snapshots, null);
  }

  /** Is told how far a conversion is. */
  public interface Progress {
    /**
     * @param bytesDone never less than before
     * @param bytesTotal the same throughout; 0 for an empty input
     */
    void advanced(long bytesDone, long bytesTotal);
  }

  /**
   * What a conversion came to.
   *
   * @param rows snapshots written
   * @param columns columns written, {@code timestamp} and {@code duration} among them
   * @param torn why the input could not be read to its end; null when it could
   * @param skipped one line for each of the first groups or histograms that contradict themselves
   *     and were left out
   */
  public record Conversion(long rows, int columns, String torn, List<String> skipped) {}

  private record Each(long snapshots, String torn) {}

  private interface SnapshotConsumer {
    void accept(DecodedSnapshot snapshot) throws IOException;
  }
}
