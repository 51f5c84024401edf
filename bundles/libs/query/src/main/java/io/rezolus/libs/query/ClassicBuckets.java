package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The cumulative buckets of one classic histogram at one step. */
final class ClassicBuckets {
  private static final double TOLERANCE = 1e-12;

  private record Bucket(double upper, double count) {}

  private final List<Bucket> buckets = new ArrayList<>();
  private boolean repaired;

  void add(double upper, double count) {
    buckets.add(new Bucket(upper, count));
  }

  boolean isEmpty() {
    return buckets.isEmpty();
  }

  /** Whether counts had to be raised by more than rounding. */
  boolean repaired() {
    return repaired;
  }

  private boolean prepare() {
    buckets.sort(Comparator.comparingDouble(Bucket::upper));
    if (buckets.isEmpty() || buckets.get(buckets.size() - 1).upper != Double.POSITIVE_INFINITY) {
      return false;
    }
    List<Bucket> merged = new ArrayList<>();
    for (Bucket b : buckets) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).upper == b.upper) {
        merged.set(last, new Bucket(b.upper, merged.get(last).count + b.count));
      } else {
        merged.add(b);
      }
    }
    buckets.clear();
    double previous = Double.NaN;
    for (Bucket b : merged) {
      double count = b.count;
      if (!Double.isNaN(previous) && count != previous) {
        boolean close =
            Math.abs(count - previous)
                    / Math.min(Math.abs(count) + Math.abs(previous), Double.MAX_VALUE)
                < TOLERANCE;
        repaired |= !close && count < previous;
        count = close || count < previous ? previous : count;
      }
      previous = count;
      buckets.add(new Bucket(b.upper, count));
    }
    return true;
  }

  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!prepare() || buckets.size() < 2) {
      return Double.NaN;
    }
    int last = buckets.size() - 1;
    double total = buckets.get(last).count;
    if (total == 0 || Double.isNaN(total)) {
      return Double.NaN;
    }
    double rank = q * total;
    int b = 0;
    while (b < last && !(buckets.get(b).count >= rank)) {
      b++;
    }
    if (b == last) {
      return buckets.get(last - 1).upper;
    }
    double end = buckets.get(b).upper;
    if (b == 0 && end <= 0) {
      return end;
    }
    double start = b == 0 ? 0 : buckets.get(b - 1).upper;
    double below = b == 0 ? 0 : buckets.get(b - 1).count;
    return start + (end - start) * ((rank - below) / (buckets.get(b).count - below));
  }

  double fraction(double lower, double upper) {
    if (!prepare() || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    double total = buckets.get(buckets.size() - 1).count;
    if (total == 0 || Double.isNaN(total)) {
      return Double.NaN;
    }
    return lower >= upper ? 0 : (rank(upper) - rank(lower)) / total;
  }

  private double rank(double v) {
    double start = buckets.get(0).upper > 0 ? 0 : Double.NEGATIVE_INFINITY;
    double below = 0;
    for (Bucket b : buckets) {
      if (v < b.upper) {
        if (start == Double.NEGATIVE_INFINITY && v > start) {
          return b.count;
        }
        boolean inside = v > start && !Double.isInfinite(b.upper);
        return inside ? below + (b.count - below) * (v - start) / (b.upper - start) : below;
      }
      start = b.upper;
      below = b.count;
    }
    return below;
  }
}
