package io.rezolus.libs.query;

import java.util.function.BooleanSupplier;

/**
 * Limits and settings of one query.
 *
 * @param lookbackNanos how old the newest sample of an instant selector may be
 * @param subqueryStepNanos step of subqueries that name none
 * @param maxSamples most samples held at a time
 * @param deadlineNanos {@link System#nanoTime()} at which the query is given up, or Long.MAX_VALUE
 * @param canceled asked between steps of the evaluation
 * @param maxBytes most memory a query may take
 * @param bands whether the answer also says how uncertain its values are
 */
public record QueryOptions(
    long lookbackNanos,
    long subqueryStepNanos,
    long maxSamples,
    long deadlineNanos,
    BooleanSupplier canceled,
    long maxBytes,
    boolean bands) {
  private static final long MAX_BYTES = 1L << 30;

  /** Five minutes of lookback, one minute subquery step, fifty million samples, 1 GiB. */
  public static final QueryOptions DEFAULT =
      new QueryOptions(300_000_000_000L, 60_000_000_000L, 50_000_000L, Long.MAX_VALUE, () -> false);

  /** Settings with the usual limit on memory. */
  public QueryOptions(
      long lookbackNanos,
      long subqueryStepNanos,
      long maxSamples,
      long deadlineNanos,
      BooleanSupplier canceled) {
    this(lookbackNanos, subqueryStepNanos, maxSamples, deadlineNanos, canceled, MAX_BYTES, false);
  }

  /** The same with another limit on memory. */
  public QueryOptions withMaxBytes(long bytes) {
    return new QueryOptions(
        lookbackNanos, subqueryStepNanos, maxSamples, deadlineNanos, canceled, bytes, bands);
  }

  /** The same with another lookback. */
  public QueryOptions withLookback(long nanos) {
    return new QueryOptions(
        nanos, subqueryStepNanos, maxSamples, deadlineNanos, canceled, maxBytes, bands);
  }

  /** The same, with or without the uncertainty of values. */
  public QueryOptions withBands(boolean wanted) {
    return new QueryOptions(
        lookbackNanos, subqueryStepNanos, maxSamples, deadlineNanos, canceled, maxBytes, wanted);
  }

  /** The same with another limit on samples. */
  public QueryOptions withMaxSamples(long samples) {
    return new QueryOptions(
        lookbackNanos, subqueryStepNanos, samples, deadlineNanos, canceled, maxBytes, bands);
  }

  /** The same with a time limit and a cancellation hook. */
  public QueryOptions withInterruption(long deadline, BooleanSupplier hook) {
    return new QueryOptions(
        lookbackNanos, subqueryStepNanos, maxSamples, deadline, hook, maxBytes, bands);
  }
}
