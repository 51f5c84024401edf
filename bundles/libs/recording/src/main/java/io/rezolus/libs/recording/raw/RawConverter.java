package io.rezolus.libs.recording.raw;

import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.spool.SnapshotFile;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a raw recording, plain or compressed with zstd, into a parquet recording. Memory does not
 * grow with its length.
 */
public final class RawConverter {
  private static final int HEAD = 512;
  private static final String INTERVAL = "sampling_interval_ms";

  private final SpoolConverter converter;

  public RawConverter() {
    this(WriteOptions.CONVERSION);
  }

  /**
   * @param options how the recording is packed
   */
  RawConverter(WriteOptions options) {
    converter = new SpoolConverter(options);
  }

  /** Where a conversion goes unless told otherwise: {@code a.raw.zst} becomes {@code a.parquet}. */
  public static Path output(Path input) {
    String name = input.getFileName().toString();
    for (String ending : List.of(".zst", ".raw")) {
      if (name.toLowerCase(Locale.ROOT).endsWith(ending)) {
        name = name.substring(0, name.length() - ending.length());
      }
    }
    return input.resolveSibling(name + ".parquet");
  }

  /**
   * Converts a recording. One that is cut off or damaged is converted up to there, and {@link
   * RawConversion#torn} says so; an empty one gives a recording without rows.
   *
   * @param output appears only when it is complete
   * @throws IOException when {@code input} is something else, an option is not what it has to be,
   *     {@code output} exists and may not be replaced, or reading or writing fails
   */
  public RawConversion convert(Path input, Path output, ConvertOptions options, Progress progress)
      throws IOException {
    if (Files.exists(output)) {
      if (Files.isSameFile(input, output)) {
        throw new IOException(output + ": is the input as well; choose another output");
      }
      if (!options.replace()) {
        throw new IOException(output + ": exists already; choose another output or replace it");
      }
    }
    requireRaw(input);
    SnapshotFile snapshots = new SnapshotFile(input);
    Map<String, String> stored = snapshots.keyValues();
    // before the data is read: an option that is wrong is to be said at once
    Long given = options.intervalMillis() == null ? stored(stored) : options.intervalMillis();
    options.keyValues(given == null ? 1 : given, stored);
    SamplingInterval interval =
        given == null ? SamplingInterval.of(snapshots) : new SamplingInterval(given, null);
    Map<String, String> keyValues = options.keyValues(interval.millis(), stored);
    SpoolConverter.Conversion conversion = converter.convert(input, output, keyValues, progress);
    return new RawConversion(
        conversion.rows(),
        conversion.columns(),
        interval.millis(),
        conversion.torn(),
        interval.warning(),
        conversion.skipped(),
        keyValues);
  }

  /** The interval that a spool's recording was to have, null where it does not say. */
  private static Long stored(Map<String, String> keyValues) {
    String millis = keyValues.get(INTERVAL);
    return millis != null && millis.matches("[1-9]\\d{0,9}") ? Long.valueOf(millis) : null;
  }

  /**
   * Whether a file may be a raw recording: whether it is empty or its first snapshot can be read.
   *
   * @throws IOException when it is something else; says what
   */
  static void requireRaw(Path input) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(input)) {
      head = in.readNBytes(HEAD);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String other =
        text.startsWith("PAR1")
            ? "a parquet recording already"
            : text.startsWith("SQLite format 3") || text.startsWith("ustar", 257)
                ? "an archive and no raw recording"
                : null;
    if (other != null) {
      throw new IOException(input + ": is " + other + "; expected msgpack snapshots");
    }
    try (var in = new SnapshotFile(input).open()) {
      in.next();
    } catch (IOException e) {
      throw new IOException(input + ": is no raw recording: " + e.getMessage(), e);
    }
  }
}
