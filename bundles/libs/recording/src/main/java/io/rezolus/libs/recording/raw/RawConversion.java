package io.rezolus.libs.recording.raw;

import java.util.List;

/**
 * What the conversion of a raw recording came to.
 *
 * @param rows snapshots converted
 * @param columns columns written, {@code timestamp} and {@code duration} among them
 * @param intervalMillis sampling interval, given or judged by the snapshots
 * @param torn why the input could not be read to its end; null when it could
 * @param warnings what its user should look at, a line each
 */
public record RawConversion(
    long rows, int columns, long intervalMillis, String torn, List<String> warnings) {}
