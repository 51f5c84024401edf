package io.rezolus.libs.recording.raw;

import com.github.luben.zstd.ZstdIOException;
import io.rezolus.libs.recording.spool.SnapshotFile;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.SnapshotStream;
import io.rezolus.libs.wire.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often a raw recording was sampled, judged by the times of its first snapshots.
 *
 * @param millis at least 1
 * @param warning why it may be wrong, one line; null when nothing speaks against it
 */
public record SamplingInterval(long millis, String warning) {
  /** Of recordings that do not say. */
  public static final long DEFAULT_MILLIS = 1000;

  private static final int SNAPSHOTS = 11;
  private static final long MILLI = 1_000_000;

  static SamplingInterval of(SnapshotFile file) throws IOException {
    List<Long> times = new ArrayList<>();
    try (SnapshotStream in = file.open()) {
      while (times.size() < SNAPSHOTS) {
        DecodedSnapshot next = in.next();
        if (next == null) {
          break;
        }
        times.add(next.snapshot().systemTimeNanos());
      }
    } catch (WireException | ZstdIOException e) {
      // the conversion says where it ends; what came before serves as well as ever
      return of(times.stream().mapToLong(Long::longValue).toArray());
    }
    return of(times.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * @param times of consecutive snapshots, nanoseconds
   */
  static SamplingInterval of(long... times) {
    if (times.length < 2) {
      return new SamplingInterval(DEFAULT_MILLIS, null);
    }
    long[] gaps = new long[times.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = Math.max(0, times[i + 1] - times[i]); // a clock that was set back
    }
    Arrays.sort(gaps);
    long median = gaps[gaps.length / 2];
    if (median < MILLI) {
      return new SamplingInterval(
          1, "snapshots are " + median + " ns apart, less than a millisecond; taken as 1 ms");
    }
    long near = Arrays.stream(gaps).filter(gap -> Math.abs(gap - median) <= median / 4).count();
    long millis = median / MILLI + (median % MILLI >= MILLI / 2 ? 1 : 0);
    String warning =
        near * 10 < gaps.length * 6L
            ? "snapshots are not evenly spaced: "
                + near
                + " of the first "
                + gaps.length
                + " gaps are within a quarter of "
                + millis
                + " ms; give the interval if it is another"
            : null;
    return new SamplingInterval(millis, warning);
  }
}
