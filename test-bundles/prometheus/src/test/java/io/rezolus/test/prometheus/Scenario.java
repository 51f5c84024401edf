package io.rezolus.test.prometheus;

import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * An hour of samples, about one in five seconds. No sample lies on a whole second, where all
 * windows begin and end: versions before 3.0 count a sample at the very start of a window in and
 * later ones do not.
 */
final class Scenario {
  /** Seconds since the epoch. Not a multiple of 15 s, see {@link QueryGenerator}. */
  static final long START = 1_700_000_047L;

  static final int SECONDS = 3600;

  private static final int INTERVAL = 5;
  private static final String[] MODES = {"user", "system"};
  private static final String[] BOUNDS = {"0.1", "0.5", "1", "2.5", "10", "+Inf"};

  private final Random random;
  private final SampleSet samples = new SampleSet();

  private Scenario(long seed) {
    random = new Random(seed);
  }

  static SampleSet of(long seed) {
    return new Scenario(seed).fill();
  }

  private SampleSet fill() {
    for (int id = 0; id < 3; id++) {
      for (String mode : MODES) {
        Map<String, String> labels = Map.of("id", "" + id, "mode", mode);
        steady(labels);
        restarting(labels);
        interrupted(labels);
        odd(labels);
        gappyCounter(labels);
      }
      long[] times = times(0, SECONDS);
      double[] values = random.doubles(times.length, 1, 100).toArray();
      samples.gauge("one", Map.of("id", "" + id, "rack", "r" + id % 2), times, values);
      buckets(id);
    }
    return samples;
  }

  /** A gauge without gaps, above zero. */
  private void steady(Map<String, String> labels) {
    long[] times = times(0, SECONDS);
    double[] values = new double[times.length];
    double level = 50 + 100 * random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      level = Math.max(1, level + random.nextGaussian());
      values[i] = level;
    }
    samples.gauge("g", labels, times, values);
  }

  /** A counter without gaps that begins anew from nearly nothing now and then. */
  private void restarting(Map<String, String> labels) {
    long[] times = times(0, SECONDS);
    long[] values = new long[times.length];
    long value = 0;
    for (int i = 0; i < values.length; i++) {
      value = random.nextInt(150) == 0 ? random.nextInt(10) : value + random.nextInt(5000);
      values[i] = value;
    }
    samples.counter("c", labels, times, values);
  }

  /** A gauge that comes late, is gone for longer than the lookback, and ends early. */
  private void interrupted(Map<String, String> labels) {
    int from = random.nextInt(1500);
    int gone = 1700 + random.nextInt(300);
    int back = gone + 100 + random.nextInt(600);
    int to = 3000 + random.nextInt(500);
    long[] times =
        LongStream.concat(LongStream.of(times(from, gone)), LongStream.of(times(back, to)))
            .toArray();
    samples.gauge("gap", labels, times, random.doubles(times.length, -50, 100).toArray());
  }

  /** Everything a float can be. */
  private void odd(Map<String, String> labels) {
    long[] times = times(0, SECONDS);
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> 0;
            case 4 -> random.nextDouble() * 1e100;
            case 5 -> random.nextDouble() * 1e-100;
            default -> random.nextGaussian() * 10;
          };
    }
    samples.gauge("odd", labels, times, values);
  }

  /**
   * A counter with gaps. Its values are large beside what is added in any window, also after a
   * restart: where a window begins in a gap, later versions cap how far they extrapolate before
   * they look at where the counter would have been zero, and 2.42 does it the other way round.
   */
  private void gappyCounter(Map<String, String> labels) {
    int gone = 1500 + random.nextInt(600);
    int back = gone + 20 + random.nextInt(400);
    long[] times =
        LongStream.concat(
                LongStream.of(times(random.nextInt(900), gone)),
                LongStream.of(times(back, SECONDS - random.nextInt(600))))
            .toArray();
    long[] values = new long[times.length];
    long value = 1L << 52;
    for (int i = 0; i < values.length; i++) {
      value = random.nextInt(150) == 0 && value > 1L << 40 ? value / 8 : value;
      value += random.nextInt(1_000_000);
      values[i] = value;
    }
    samples.counter("gc", labels, times, values);
  }

  private void buckets(int id) {
    long[] times = times(0, SECONDS);
    long[][] counts = new long[BOUNDS.length][times.length];
    for (int i = 0; i < times.length; i++) {
      long sum = 0;
      for (int b = 0; b < BOUNDS.length; b++) {
        sum += (i == 0 ? 0 : counts[b][i - 1] - (b == 0 ? 0 : counts[b - 1][i - 1]));
        sum += random.nextInt(20);
        counts[b][i] = sum;
      }
    }
    for (int b = 0; b < BOUNDS.length; b++) {
      samples.counter("h_bucket", Map.of("id", "" + id, "le", BOUNDS[b]), times, counts[b]);
    }
  }

  /**
   * Times in ms between two distances in seconds from the start. They vary so that nothing comes
   * out whole by chance, but so little that no window counts as beginning in a gap.
   */
  private long[] times(int from, int to) {
    LongStream.Builder out = LongStream.builder();
    for (int s = from; s < to; s += INTERVAL) {
      out.add(written((START + s) * 1000 + 400 + random.nextInt(200)));
    }
    return out.build().toArray();
  }

  /** Prometheus reads times as seconds and cuts off what they have beyond the millisecond. */
  private static long written(long millis) {
    long time = millis;
    while ((long) (time / 1000.0 * 1000) != time) {
      time++;
    }
    return time;
  }
}
