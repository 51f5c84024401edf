package io.rezolus.libs.query;

/** Variance of a histogram's observations, each taken at the middle of its bucket. */
final class HistogramSpread {
  private HistogramSpread() {}

  static double variance(NativeHistogram h) {
    double mean = h.sum / h.count;
    Summation squares = new Summation();
    for (HistogramBucket b : HistogramBucket.all(h)) {
      if (b.count() == 0) {
        continue;
      }
      double delta = middle(h, b) - mean;
      squares.add(b.count() * delta * delta);
    }
    return squares.value() / h.count;
  }

  /** Geometric middle of exponential buckets, arithmetic of others. */
  private static double middle(NativeHistogram h, HistogramBucket b) {
    if (h.isCustom()) {
      return (b.upper() + b.lower()) / 2;
    }
    if (b.zero()) {
      return 0;
    }
    double m = Math.sqrt(b.upper() * b.lower());
    return b.upper() < 0 ? -m : m;
  }
}
