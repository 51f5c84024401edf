package io.rezolus.libs.query;

/**
 * What all parts of one query share.
 *
 * @param grid steps of the query itself, also inside subqueries
 */
record Context(
    SeriesSource source, QueryOptions options, Budget budget, Annotations notes, StepGrid grid) {
  private static final double NANOS = 1e9;

  double stepSeconds() {
    return grid.step() / NANOS;
  }

  double rangeSeconds() {
    return (grid.end() - grid.start()) / NANOS;
  }

  private long nanos(Duration d) {
    return Math.round(d.seconds(stepSeconds(), rangeSeconds()) * 1e3) * 1_000_000L;
  }

  /** A range or subquery step, which has to be positive. */
  long positive(Duration d) {
    long n = nanos(d);
    if (n <= 0) {
      throw new QueryException(QueryException.Kind.EXECUTION, "duration must be greater than 0");
    }
    return n;
  }

  /** The time a selector looks at when evaluated at {@code time}. */
  long reference(Timing timing, long time) {
    long t = time;
    if (timing.at() != null) {
      t =
          switch (timing.at().anchor()) {
            case START -> grid.start();
            case END -> grid.end();
            case FIXED -> timing.at().nanos();
          };
    }
    return timing.offset() == null ? t : t - nanos(timing.offset());
  }
}
