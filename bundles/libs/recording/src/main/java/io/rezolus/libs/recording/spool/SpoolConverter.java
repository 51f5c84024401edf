package io.rezolus.libs.recording.spool;

import com.github.luben.zstd.ZstdIOException;
import io.rezolus.libs.recording.Progress;
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
import java.util.function.LongConsumer;

/**
 * Turns msgpack snapshots of any version, one after another, into a parquet recording. Memory does
 * not grow with the length of the recording.
 */
public final class SpoolConverter {
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
    this(options, RowGroups.BYTES_MAX);
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
    return convert(spool, output, keyValues, Progress.NONE);
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
    Set<String> skipped = new LinkedHashSet<>();
    try (RowGroups rows = new RowGroups(output, options, bytesMax)) {
      String torn =
          each(
              snapshots,
              done -> progress.done(done, size),
              decoded -> {
                rows.add(decoded.snapshot(), decoded.version() != 1); // which has no duration
                for (String line : decoded.skipped()) {
                  if (skipped.size() < SKIPPED_MAX) {
                    skipped.add(line);
                  }
                }
              });
      int columns = rows.finish(keyValues);
      return new Conversion(rows.rows(), columns, torn, List.copyOf(skipped));
    }
  }

  /** Returns why the snapshots could not be read to their end; null when they could. */
  private static String each(SnapshotFile file, LongConsumer progress, SnapshotConsumer consumer)
      throws IOException {
    try (SnapshotStream in = file.open(progress)) {
      while (true) {
        DecodedSnapshot next;
        try {
          next = in.next();
        } catch (WireException e) {
          return e.getMessage();
        } catch (ZstdIOException e) {
          return "compressed data: " + e.getMessage();
        }
        if (next == null) {
          return null;
        }
        consumer.accept(next);
      }
    }
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

  private interface SnapshotConsumer {
    void accept(DecodedSnapshot snapshot) throws IOException;
  }
}
