package io.rezolus.libs.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Reads the next few series of a list on other processors while one is worked on. No more than
 * those few are in memory, whatever the length of the list.
 */
final class ReadAhead implements Iterator<SourceSeries> {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Iterator<SourceSeries> rest;
  private final Deque<FutureTask<SourceSeries>> ahead = new ArrayDeque<>();

  private ReadAhead(List<SourceSeries> series) {
    rest = series.iterator();
  }

  /** The same series, which are read in advance where that takes time. */
  static Iterable<SourceSeries> of(List<SourceSeries> series) {
    boolean pays =
        PROCESSORS > 1 && series.size() > 1 && series.stream().anyMatch(SourceSeries::isDecoded);
    return pays ? () -> new ReadAhead(series) : series;
  }

  @Override
  public boolean hasNext() {
    return rest.hasNext() || !ahead.isEmpty();
  }

  @Override
  public SourceSeries next() {
    while (rest.hasNext() && ahead.size() <= PROCESSORS) {
      SourceSeries series = rest.next();
      FutureTask<SourceSeries> task =
          new FutureTask<>(() -> new SourceSeries(series.labels(), series.samples()));
      ahead.add(task);
      if (series.isDecoded()) {
        ForkJoinPool.commonPool().execute(task);
      }
    }
    FutureTask<SourceSeries> next = ahead.remove();
    next.run(); // does nothing where another thread has begun
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryException.Kind.CANCELED, "query was interrupted");
    }
  }
}
