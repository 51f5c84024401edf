package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.RangePieces;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.json.ResultJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Runs queries within the limits of this process, a few at a time. */
@Component(service = QueryRunner.class)
public final class QueryRunner {
  private static final long WAIT_MILLIS = 50;

  /**
   * Steps of what is drawn that are held at a time: as many as most ranges have, as columns are
   * read once for all of them; then fewer, where those are too many for what there is of memory.
   */
  private static final int[] PIECES = {1 << 16, 1 << 14};

  private final QueryLimits limits;
  private final Semaphore turns;
  private final AtomicLong sending = new AtomicLong();

  @Activate
  public QueryRunner() {
    this(QueryLimits.ofThisProcess());
  }

  QueryRunner(QueryLimits limits) {
    this.limits = limits;
    this.turns = new Semaphore(limits.concurrent(), true);
  }

  QueryLimits limits() {
    return limits;
  }

  /** Bytes of answers that are being sent beside what is evaluated. */
  long sending() {
    return sending.get();
  }

  /** Queries being evaluated at the moment, or sent where there is no room for them beside. */
  int running() {
    return limits.concurrent() - turns.availablePermits();
  }

  /** What is evaluated once it is its turn. */
  @FunctionalInterface
  interface Evaluation {
    QueryResult run(QueryEngine engine);
  }

  /**
   * Settings of a request's queries.
   *
   * @param timeoutNanos 0 for the longest allowed
   * @param lookbackNanos 0 for the default
   * @param canceled whether nobody waits for the answer any more
   */
  QueryOptions options(long timeoutNanos, long lookbackNanos, BooleanSupplier canceled) {
    long timeout =
        timeoutNanos == 0 ? limits.timeoutNanos() : Math.min(timeoutNanos, limits.timeoutNanos());
    QueryOptions options =
        QueryOptions.DEFAULT
            .withMaxSamples(limits.samples())
            .withMaxBytes(limits.memory())
            .withInterruption(System.nanoTime() + timeout, canceled);
    return lookbackNanos == 0 ? options : options.withLookback(lookbackNanos);
  }

  /** The parameter {@code bands}: 1 for bounds beside the values. */
  static boolean bands(String text) throws ApiException {
    if (text == null || text.equals("0")) {
      return false;
    }
    if (text.equals("1")) {
      return true;
    }
    throw ApiException.badData("invalid parameter \"bands\": expected 1 or 0");
  }

  /**
   * Settings of a request by its parameters {@code timeout}, {@code lookback_delta}, {@code bands}.
   */
  QueryOptions options(Parameters parameters, BooleanSupplier canceled) throws ApiException {
    QueryOptions options =
        options(
            parameters.duration("timeout", 0), parameters.duration("lookback_delta", 0), canceled);
    return options.withBands(bands(parameters.text("bands")));
  }

  /** The answer at one time. */
  Held<QueryResult> instant(SeriesSource source, String query, long time, QueryOptions options)
      throws ApiException {
    return run(options, engine -> engine.instant(source, query, time));
  }

  /** The answer at the steps of a window. */
  Held<QueryResult> range(SeriesSource source, String query, TimeRange range, QueryOptions options)
      throws ApiException {
    return run(
        options, engine -> engine.range(source, query, range.start(), range.end(), range.step()));
  }

  /**
   * Draws the answer at the steps of a window, of which there may be any number.
   *
   * @return what there is to say about it
   */
  Held<Annotations> draw(
      SeriesSource source, String query, TimeRange range, QueryOptions options, Picture picture)
      throws ApiException {
    QueryOptions beside = options.withMaxBytes(limits.memory() - limits.pictureMemory());
    await(options);
    boolean held = false;
    try {
      RangePieces pieces = null;
      QueryResult piece = null;
      for (int i = 0; piece == null; i++) {
        try {
          pieces =
              new QueryEngine(beside)
                  .pieces(source, query, range.start(), range.end(), range.step(), PIECES[i]);
          piece = pieces.next();
        } catch (QueryException e) {
          if (e.kind() != QueryException.Kind.LIMIT || i + 1 == PIECES.length) {
            throw e;
          }
        }
      }
      requireSeries(piece);
      picture.add(piece);
      while (pieces.hasNext()) {
        piece = pieces.next();
        requireSeries(piece);
        picture.add(piece);
      }
      held = true;
      return new Held<>(piece.annotations(), held(picture.bytes()));
    } catch (QueryException e) {
      throw ApiException.of(e);
    } finally {
      if (!held) {
        turns.release();
      }
    }
  }

  /** Refuses an answer that would take more bytes than allowed, before any of them is written. */
  void requireSize(QueryResult result) throws ApiException {
    requireSize(ResultJson.estimateBytes(result));
  }

  /** Answers with an Arrow IPC stream. */
  void arrow(QueryResult result, HttpServletResponse response) throws ApiException, IOException {
    ArrowAnswer answer = ArrowAnswer.of(result);
    requireSize(answer.bytes());
    if (answer.schemaBytes() > limits.memory()) {
      throw new ApiException(
          422,
          "execution",
          ResultJson.count(result)
              + " series are more columns than there is memory for; narrow the selection or"
              + " aggregate");
    }
    response.setContentType(ArrowAnswer.TYPE);
    answer.write(response.getOutputStream());
  }

  private void requireSize(long bytes) throws ApiException {
    if (bytes > limits.bytes()) {
      throw new ApiException(
          422,
          "execution",
          "the answer would take about "
              + (bytes >> 20)
              + " MB, expected at most "
              + (limits.bytes() >> 20)
              + " MB; aggregate, use a larger step or format=display");
    }
  }

  private Held<QueryResult> run(QueryOptions options, Evaluation evaluation) throws ApiException {
    await(options);
    boolean held = false;
    try {
      QueryResult result = evaluation.run(new QueryEngine(options));
      requireSeries(result);
      held = true;
      return new Held<>(result, held(ResultJson.heldBytes(result)));
    } catch (QueryException e) {
      throw ApiException.of(e);
    } finally {
      if (!held) {
        turns.release();
      }
    }
  }

  /**
   * Ends a turn where there is room for its answer beside those that are being sent; else the turn
   * ends when the answer is sent: however slow clients are, what is held stays within what queries
   * may take.
   *
   * @return to be run when the answer is sent
   */
  private Runnable held(long bytes) {
    if (sending.addAndGet(bytes) <= limits.sendingMemory()) {
      turns.release();
      return () -> sending.addAndGet(-bytes);
    }
    sending.addAndGet(-bytes);
    return turns::release;
  }

  private void requireSeries(QueryResult result) throws ApiException {
    int series = ResultJson.count(result);
    if (series > limits.series()) {
      throw new ApiException(
          422,
          "execution",
          series
              + " series, expected at most "
              + limits.series()
              + "; narrow the selection or aggregate");
    }
  }

  private void await(QueryOptions options) throws ApiException {
    try {
      while (!turns.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        if (options.canceled().getAsBoolean()) {
          throw new ApiException(503, "canceled", "query was canceled while waiting for its turn");
        }
        if (System.nanoTime() - options.deadlineNanos() > 0) {
          throw new ApiException(503, "timeout", "query timed out while waiting for its turn");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(503, "canceled", "the server is stopping");
    }
  }
}
