package io.rezolus.libs.query;

/** Histograms in samples, of either kind, and their populated buckets. */
public final class Buckets {
  private Buckets() {}

  /** Gets one bucket after the other. */
  @FunctionalInterface
  public interface Visitor {
    /** A bucket with its bounds and whether they belong to it. */
    void bucket(
        double lower, boolean lowerInclusive, double upper, boolean upperInclusive, double count);
  }

  /** Whether row {@code i} is a histogram. */
  public static boolean has(Samples samples, int i) {
    return samples.h2() != null || samples.histogram(i) != null;
  }

  /** The histogram in row {@code i}, or null; an H2 histogram with its bounds made explicit. */
  public static NativeHistogram histogram(Samples samples, int i) {
    H2Rows h2 = samples.h2();
    return h2 == null ? samples.histogram(i) : h2.explicit(i, i + 1)[0];
  }

  /** Hands out all buckets that count something, from the lowest to the highest. */
  public static void visit(NativeHistogram histogram, Visitor visitor) {
    for (HistogramBucket b : HistogramBucket.all(histogram)) {
      if (b.count() != 0) {
        visitor.bucket(b.lower(), b.lowerInclusive(), b.upper(), b.upperInclusive(), b.count());
      }
    }
  }
}
