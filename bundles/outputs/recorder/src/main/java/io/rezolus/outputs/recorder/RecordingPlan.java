package io.rezolus.outputs.recorder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be recorded.
 *
 * @param output the file that appears in the end
 * @param format its layout
 * @param separate whether every endpoint gets a file of its own, named after its source
 * @param interval time between samples
 * @param duration how long; null until stopped
 * @param metadata the user's file-level key-values
 * @param labels the user's labels of an archive
 * @param node name of the machine; null to take the source's
 * @param instance which of several equal services it is; null for none
 * @param command what to run meanwhile; empty for nothing
 */
record RecordingPlan(
    Path output,
    OutputFormat format,
    boolean separate,
    Duration interval,
    Duration duration,
    Map<String, String> metadata,
    Map<String, String> labels,
    String node,
    String instance,
    List<String> command) {

  // the first answer is slower than all later ones, on either side
  private static final long PROBE_MILLIS_MIN = 5000;
  private static final long PROBE_MILLIS_MAX = 10_000;

  /** How long a sample may take: generous, as what is to be caught hangs, and is not slow. */
  Duration sampleBound() {
    return Duration.ofMillis(Math.max(2000, Math.min(10_000, 2 * interval.toMillis())));
  }

  /** How long endpoints are waited for at the start; less for a short recording. */
  Duration probeBound() {
    long millis = duration == null ? PROBE_MILLIS_MAX : duration.toMillis();
    return Duration.ofMillis(Math.max(PROBE_MILLIS_MIN, Math.min(PROBE_MILLIS_MAX, millis)));
  }

  /** The interval for file metadata, in milliseconds; finer ones keep their fraction. */
  String intervalMillis() {
    long nanos = interval.toNanos();
    return nanos % 1_000_000 == 0 ? Long.toString(nanos / 1_000_000) : Double.toString(nanos / 1e6);
  }
}
