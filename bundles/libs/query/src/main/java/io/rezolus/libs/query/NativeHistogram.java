package io.rezolus.libs.query;

import java.util.Arrays;

/** A native histogram of floats, immutable. Buckets are sparse: ascending indexes and counts. */
public final class NativeHistogram {
  /** Schema of histograms with explicit bounds. */
  public static final int CUSTOM = -53;

  /** What is known about a reset before this sample. */
  public enum Hint {
    /** Nothing. */
    UNKNOWN,
    /** The counter restarted. */
    RESET,
    /** The counter went on. */
    NOT_RESET,
    /** Not a counter. */
    GAUGE
  }

  static final NativeHistogram STALE_MARKER =
      new NativeHistogram(
          0, 0, 0, 0, Samples.STALE, Side.EMPTY, Side.EMPTY, new double[0], Hint.UNKNOWN);

  /**
   * Buckets of one sign.
   *
   * @param indexes ascending
   * @param counts parallel to the indexes
   */
  public record Side(int[] indexes, double[] counts) {
    /** No buckets. */
    public static final Side EMPTY = new Side(new int[0], new double[0]);

    Side map(java.util.function.DoubleUnaryOperator f) {
      return new Side(indexes, Arrays.stream(counts).map(f).toArray());
    }

    Side compact() {
      int n = 0;
      for (double c : counts) {
        n += c != 0 ? 1 : 0;
      }
      if (n == counts.length) {
        return this;
      }
      int[] i = new int[n];
      double[] c = new double[n];
      n = 0;
      for (int k = 0; k < counts.length; k++) {
        if (counts[k] != 0) {
          i[n] = indexes[k];
          c[n++] = counts[k];
        }
      }
      return new Side(i, c);
    }

    int size() {
      return indexes.length;
    }

    boolean sameAs(Side o) {
      return Arrays.equals(indexes, o.indexes) && Arrays.equals(counts, o.counts);
    }
  }

  final int schema;
  final double zeroThreshold;
  final double zeroCount;
  final double count;
  final double sum;
  final Side positive;
  final Side negative;
  final double[] bounds;
  final Hint hint;

  /** {@code bounds} are the upper bounds of a {@link #CUSTOM} histogram, else empty. */
  public NativeHistogram(
      int schema,
      double zeroThreshold,
      double zeroCount,
      double count,
      double sum,
      Side positive,
      Side negative,
      double[] bounds,
      Hint hint) {
    this.schema = schema;
    this.zeroThreshold = zeroThreshold;
    this.zeroCount = zeroCount;
    this.count = count;
    this.sum = sum;
    this.positive = positive;
    this.negative = negative;
    this.bounds = bounds;
    this.hint = hint;
  }

  /** Number of observations. */
  public double count() {
    return count;
  }

  /** Sum of the observations. */
  public double sum() {
    return sum;
  }

  boolean isCustom() {
    return schema == CUSTOM;
  }

  boolean isStale() {
    return Double.doubleToRawLongBits(sum) == Samples.STALE_BITS;
  }

  NativeHistogram with(Hint h) {
    return h == hint
        ? this
        : new NativeHistogram(
            schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds, h);
  }

  NativeHistogram multiply(double f) {
    NativeHistogram h = map(c -> c * f);
    return f < 0 ? h.with(Hint.GAUGE) : h;
  }

  NativeHistogram divide(double f) {
    if (f == 0) {
      return new NativeHistogram(
          schema,
          zeroThreshold,
          zeroCount / f,
          count / f,
          sum / f,
          Side.EMPTY,
          Side.EMPTY,
          bounds,
          hint);
    }
    NativeHistogram h = map(c -> c / f);
    return f < 0 ? h.with(Hint.GAUGE) : h;
  }

  NativeHistogram negate() {
    return multiply(-1);
  }

  private NativeHistogram map(java.util.function.DoubleUnaryOperator f) {
    return new NativeHistogram(
        schema,
        zeroThreshold,
        f.applyAsDouble(zeroCount),
        f.applyAsDouble(count),
        f.applyAsDouble(sum),
        positive.map(f),
        negative.map(f),
        bounds,
        hint);
  }

  NativeHistogram compact() {
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.compact(),
        negative.compact(),
        bounds,
        hint);
  }

  /** Whether layout and all numbers are the same; hints do not count. */
  boolean sameAs(NativeHistogram o) {
    NativeHistogram a = compact();
    NativeHistogram b = o.compact();
    return schema == o.schema
        && Double.compare(zeroThreshold, o.zeroThreshold) == 0
        && zeroCount == o.zeroCount
        && count == o.count
        && (sum == o.sum || Double.isNaN(sum) && Double.isNaN(o.sum))
        && Arrays.equals(bounds, o.bounds)
        && a.positive.sameAs(b.positive)
        && a.negative.sameAs(b.negative);
  }

  @Override
  public String toString() {
    StringBuilder b = new StringBuilder("{count:").append(Numbers.general(count));
    b.append(", sum:").append(Numbers.general(sum));
    for (HistogramBucket k : HistogramBucket.all(this)) {
      if (k.count() != 0) {
        b.append(", ").append(k.lowerInclusive() ? '[' : '(').append(Numbers.general(k.lower()));
        b.append(',').append(Numbers.general(k.upper())).append(k.upperInclusive() ? ']' : ')');
        b.append(':').append(Numbers.general(k.count()));
      }
    }
    return b.append('}').toString();
  }
}
