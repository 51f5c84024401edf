package io.rezolus.libs.query;

import java.util.Collections;
import java.util.List;

/** Quantiles and ranks of native histograms, interpolating inside buckets. */
final class HistogramEstimate {
  private HistogramEstimate() {}

  /** The observation that {@code q} of all others do not exceed. */
  static double quantile(NativeHistogram h, double q) {
    if (Double.isNaN(q) || h.count == 0) {
      return q < 0 ? Double.NEGATIVE_INFINITY : q > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    boolean forward = Double.isNaN(h.sum) || q < 0.5;
    double rank = (forward ? q : 1 - q) * h.count;
    List<HistogramBucket> buckets = HistogramBucket.all(h);
    if (!forward) {
      Collections.reverse(buckets);
    }
    double seen = 0;
    HistogramBucket b = null;
    for (HistogramBucket k : buckets) {
      if (k.count() == 0) {
        continue;
      }
      b = k;
      seen += k.count();
      if (seen >= rank) {
        break;
      }
    }
    if (b == null) {
      return Double.NaN;
    }
    if (seen < rank) {
      return Double.isNaN(h.sum) ? Double.NaN : forward ? b.upper() : b.lower();
    }
    double inside = forward ? rank - (seen - b.count()) : seen - rank;
    return at(h, bounded(h, b), inside / b.count());
  }

  /** The bucket with the bounds that interpolation uses. */
  static HistogramBucket bounded(NativeHistogram h, HistogramBucket b) {
    double lower = b.lower();
    double upper = b.upper();
    if (b.zero()) {
      boolean negative = h.negative.size() > 0;
      boolean positive = h.positive.size() > 0;
      lower = !negative && positive ? 0 : lower;
      upper = negative && !positive ? 0 : upper;
    } else if (h.isCustom() && lower == Double.NEGATIVE_INFINITY) {
      lower = upper > 0 ? 0 : upper;
    }
    if (h.isCustom() && upper == Double.POSITIVE_INFINITY) {
      upper = lower;
    }
    return new HistogramBucket(
        lower, upper, b.lowerInclusive(), b.upperInclusive(), b.count(), b.zero());
  }

  static boolean linear(NativeHistogram h, HistogramBucket b) {
    return h.isCustom() || b.zero() || b.lower() <= 0 && b.upper() >= 0;
  }

  private static double at(NativeHistogram h, HistogramBucket b, double fraction) {
    if (b.lower() == b.upper()) {
      return b.upper();
    }
    if (linear(h, b)) {
      return b.lower() + (b.upper() - b.lower()) * fraction;
    }
    double low = HyperbolicMath.log2(Math.abs(b.lower()));
    double high = HyperbolicMath.log2(Math.abs(b.upper()));
    double v = Math.pow(2, low + (high - low) * fraction);
    return b.upper() < 0 || b.lower() < 0 ? -v : v;
  }

  /** Share of a bucket's observations up to {@code v}, which lies inside. */
  static double share(NativeHistogram h, HistogramBucket b, double v) {
    if (linear(h, b)) {
      return (v - b.lower()) / (b.upper() - b.lower());
    }
    double low = HyperbolicMath.log2(Math.abs(b.lower()));
    double high = HyperbolicMath.log2(Math.abs(b.upper()));
    return (HyperbolicMath.log2(Math.abs(v)) - low) / (high - low);
  }

  /** Share of the observations between two numbers. */
  static double fraction(NativeHistogram h, double lower, double upper) {
    if (h.count == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (rank(h, upper) - rank(h, lower)) / h.count;
  }

  /** Number of observations up to {@code v}. */
  private static double rank(NativeHistogram h, double v) {
    double seen = 0;
    for (HistogramBucket raw : HistogramBucket.all(h)) {
      HistogramBucket b = bounded(h, raw);
      if (v >= raw.upper()) {
        seen += b.count();
      } else if (h.isCustom()
          && raw.lower() == Double.NEGATIVE_INFINITY
          && raw.upper() <= 0
          && v > raw.lower()) {
        return seen + b.count();
      } else if (v > b.lower() && b.upper() > b.lower()) {
        return seen + b.count() * share(h, b, v);
      } else {
        return seen;
      }
    }
    return seen;
  }
}
