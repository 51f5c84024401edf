package io.rezolus.libs.query;

/** Counts what a query holds and stops it when a limit is reached. */
final class Budget {
  private final QueryOptions options;
  private long samples;
  private long bytes;

  Budget(QueryOptions options) {
    this.options = options;
  }

  /** Called before the memory for so many samples is taken. */
  void take(long count) {
    samples += count;
    if (samples > options.maxSamples()) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "query processing would load too many samples into memory in query execution: more than "
              + options.maxSamples()
              + "; narrow the selection or use a larger step");
    }
    check();
  }

  /** Called before so much memory is taken. */
  void takeBytes(long count) {
    bytes += count;
    if (bytes > options.maxBytes()) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "the query needs more than "
              + options.maxBytes() / 1_000_000
              + " MB of memory; narrow the selection or use a larger step");
    }
    check();
  }

  long bytes() {
    return bytes;
  }

  void giveBytes(long count) {
    bytes -= count;
  }

  /** A check every so many steps. */
  void checkAt(int step) {
    if ((step & 1023) == 1023) {
      check();
    }
  }

  void give(long count) {
    samples -= count;
  }

  void check() {
    if (options.canceled().getAsBoolean()) {
      throw new QueryException(QueryException.Kind.CANCELED, "query was canceled");
    }
    if (options.deadlineNanos() != Long.MAX_VALUE
        && System.nanoTime() - options.deadlineNanos() > 0) {
      throw new QueryException(QueryException.Kind.TIMEOUT, "query timed out");
    }
  }
}
