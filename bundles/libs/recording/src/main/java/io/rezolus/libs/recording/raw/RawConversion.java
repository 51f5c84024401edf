package io.rezolus.libs.recording.raw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the conversion of a raw recording came to.
 *
 * @param rows snapshots converted
 * @param columns columns written, {@code timestamp} and {@code duration} among them
 * @param intervalMillis sampling interval, given or judged by the snapshots
 * @param torn why the input could not be read to its end; null when it could
 * @param doubt why the interval may be another, one line; null when nothing speaks against it
 * @param skipped what contradicts itself and was left out, a line each
 * @param keyValues file-level key-values written
 */
public record RawConversion(
    long rows,
    int columns,
    long intervalMillis,
    String torn,
    String doubt,
    List<String> skipped,
    Map<String, String> keyValues) {
  public RawConversion {
    skipped = List.copyOf(skipped);
    keyValues = Map.copyOf(keyValues);
  }

  /** What of {@code input} is not in the conversion, one line each, which names it. */
  public List<String> missing(Path input) {
    List<String> missing = new ArrayList<>();
    if (torn != null) {
      missing.add(
          input + ": breaks off after " + rows + " snapshots and is read up to there: " + torn);
    }
    skipped.forEach(line -> missing.add(input + ": " + line));
    return missing;
  }
}
