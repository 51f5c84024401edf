package io.rezolus.libs.query;

import java.util.List;
import java.util.SortedMap;

/** A source that says what it holds without decoding any of it. */
public interface CatalogSource extends SeriesSource {
  /**
   * Label sets of the series that pass all matchers, the metric's name among them as {@code
   * __name__}. Series without samples in {@code [startNanos, endNanos]} may be left out.
   */
  List<Labels> series(List<Matcher> matchers, long startNanos, long endNanos);

  /**
   * Roughly the bytes that the samples of these series take once they are decoded; asked before
   * anything is read.
   */
  default long estimateBytes(List<Matcher> matchers, long startNanos, long endNanos) {
    long from = Math.max(startNanos, startNanos());
    long to = Math.min(endNanos, endNanos());
    long interval = Math.max(1, intervalNanos() == 0 ? 1_000_000_000L : intervalNanos());
    long rows = to < from ? 0 : (to - from) / interval + 1;
    return series(matchers, startNanos, endNanos).size() * rows * 2 * Long.BYTES;
  }

  /** Every metric by name. */
  SortedMap<String, MetricInfo> metrics();

  /** Time of the oldest sample, ns since the epoch; {@link Long#MAX_VALUE} when there is none. */
  long startNanos();

  /** Time of the newest sample, ns since the epoch; {@link Long#MIN_VALUE} when there is none. */
  long endNanos();

  /** Nominal time between samples, ns; 0 when it is not known. */
  long intervalNanos();
}
