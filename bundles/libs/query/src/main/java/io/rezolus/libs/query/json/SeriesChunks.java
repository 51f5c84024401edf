package io.rezolus.libs.query.json;

import io.rezolus.libs.query.QueryResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Writes the series of a large answer on all processors: some series at a time become text in
 * memory, and what is done goes out in order while the next are worked on.
 */
final class SeriesChunks {
  /** So many are worth a hand-over, and their text stays in the cache of a processor. */
  private static final int POINTS = 3000;

  private static final int WORTHWHILE = 30_000;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Chunks that are worked on or wait to be sent. */
  private static final int AHEAD = 4 * PROCESSORS;

  private SeriesChunks() {}

  /** Whether there is enough to share out. */
  static boolean worthwhile(List<QueryResult.Series> series) {
    long points = 0;
    for (QueryResult.Series one : series) {
      points += one.samples().size();
    }
    return PROCESSORS > 1 && points > WORTHWHILE && series.size() > 1;
  }

  /** Writes the elements of a list, with commas between them. */
  static void write(JsonBytes json, List<QueryResult.Series> series, PointText points)
      throws IOException {
    Iterator<List<QueryResult.Series>> rest = chunks(series).iterator();
    Deque<FutureTask<ResultJson>> ahead = new ArrayDeque<>();
    Deque<ResultJson> idle = new ArrayDeque<>();
    boolean first = true;
    try {
      while (rest.hasNext() || !ahead.isEmpty()) {
        while (rest.hasNext() && ahead.size() < AHEAD) {
          List<QueryResult.Series> chunk = rest.next();
          ResultJson text =
              idle.isEmpty() ? new ResultJson(JsonBytes.inMemory(), points) : idle.remove();
          FutureTask<ResultJson> task = new FutureTask<>(() -> text.list(chunk));
          ahead.add(task);
          ForkJoinPool.commonPool().execute(task);
        }
        finish(ahead);
        if (!first) {
          json.raw(',');
        }
        first = false;
        ResultJson text = done(ahead.remove());
        json.take(text.bytes());
        idle.add(text);
      }
    } finally {
      // nobody waits for what is left where the client has gone
      ahead.forEach(task -> task.cancel(false));
    }
  }

  /** Does what nobody has begun until the first is done. */
  private static void finish(Deque<FutureTask<ResultJson>> ahead) {
    FutureTask<ResultJson> first = ahead.peek();
    for (FutureTask<ResultJson> task : ahead) {
      task.run(); // does nothing where another thread has begun
      if (first.isDone()) {
        return;
      }
    }
  }

  private static ResultJson done(FutureTask<ResultJson> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static List<List<QueryResult.Series>> chunks(List<QueryResult.Series> series) {
    List<List<QueryResult.Series>> out = new ArrayList<>();
    int from = 0;
    long points = 0;
    for (int i = 0; i < series.size(); i++) {
      points += series.get(i).samples().size();
      if (points >= POINTS || i == series.size() - 1) {
        out.add(series.subList(from, i + 1));
        from = i + 1;
        points = 0;
      }
    }
    return out;
  }
}
