package io.rezolus.libs.query;

import java.util.Arrays;

/** Finds out whether a counter of histograms restarted between two samples. */
final class HistogramReset {
  private HistogramReset() {}

  /** The rows with every unknown hint replaced by what the row before tells. */
  static Samples exact(Samples s) {
    if (s.histograms == null) {
      return s;
    }
    NativeHistogram[] out = s.histograms.clone();
    for (int i = 1; i < s.size; i++) {
      NativeHistogram before = s.histograms[i - 1];
      NativeHistogram h = out[i];
      if (before != null
          && h != null
          && h.hint == NativeHistogram.Hint.UNKNOWN
          && !before.isStale()
          && !h.isStale()) {
        out[i] =
            h.with(
                between(before, h) ? NativeHistogram.Hint.RESET : NativeHistogram.Hint.NOT_RESET);
      }
    }
    return Samples.mixed(s.times, s.floats, out, s.starts);
  }

  static boolean between(NativeHistogram previous, NativeHistogram current) {
    if (current.hint == NativeHistogram.Hint.RESET) {
      return true;
    }
    if (current.hint == NativeHistogram.Hint.NOT_RESET) {
      return false;
    }
    if (current.count < previous.count || current.isCustom() != previous.isCustom()) {
      return true;
    }
    if (current.isCustom()) {
      double[] common = HistogramLayout.common(previous.bounds, current.bounds);
      boolean same = Arrays.equals(previous.bounds, current.bounds);
      return shrinks(
          same ? previous.positive : HistogramLayout.rebound(previous, common).positive,
          same ? current.positive : HistogramLayout.rebound(current, common).positive);
    }
    if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) {
      return true;
    }
    NativeHistogram p = previous;
    if (current.zeroThreshold > p.zeroThreshold) {
      if (HistogramLayout.widerThreshold(p, current.zeroThreshold) != current.zeroThreshold) {
        return true;
      }
      p = HistogramLayout.widen(p, current.zeroThreshold);
    }
    p = HistogramLayout.reduce(p, current.schema);
    return current.zeroCount < p.zeroCount
        || shrinks(p.positive, current.positive)
        || shrinks(p.negative, current.negative);
  }

  private static boolean shrinks(NativeHistogram.Side before, NativeHistogram.Side after) {
    int j = 0;
    for (int i = 0; i < before.size(); i++) {
      while (j < after.size() && after.indexes()[j] < before.indexes()[i]) {
        j++;
      }
      boolean there = j < after.size() && after.indexes()[j] == before.indexes()[i];
      if ((there ? after.counts()[j] : 0) < before.counts()[i]) {
        return true;
      }
    }
    return false;
  }
}
