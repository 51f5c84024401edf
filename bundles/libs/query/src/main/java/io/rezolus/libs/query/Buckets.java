package io.rezolus.libs.query;

/** The populated buckets of a histogram, from the lowest to the highest. */
public final class Buckets {
  private Buckets() {}

  /** Gets one bucket after the other. */
  @FunctionalInterface
  public interface Visitor {
    /** A bucket with its bounds and whether they belong to it. */
    void bucket(
        double lower, boolean lowerInclusive, double upper, boolean upperInclusive, double count);
  }

  /** Hands out all buckets that count something. */
  public static void visit(NativeHistogram histogram, Visitor visitor) {
    for (HistogramBucket b : HistogramBucket.all(histogram)) {
      if (b.count() != 0) {
        visitor.bucket(b.lower(), b.lowerInclusive(), b.upper(), b.upperInclusive(), b.count());
      }
    }
  }
}
