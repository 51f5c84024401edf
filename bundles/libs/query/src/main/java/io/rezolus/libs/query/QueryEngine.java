package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Runs queries against a source. Thread-safe; one query runs on its caller's thread. */
public final class QueryEngine {
  private static final int MOST_STEPS = 1 << 30;

  private final QueryOptions options;

  /** An engine with these limits for every query. */
  public QueryEngine(QueryOptions options) {
    this.options = options;
  }

  /** Evaluates at one time, ns since the epoch. Throws QueryException. */
  public QueryResult instant(SeriesSource source, String query, long time) {
    Expr expr = Parser.parse(query);
    return evaluate(source, expr, StepGrid.instant(time), new Annotations(query), true);
  }

  /** Evaluates at {@code start}, {@code start + step} and so on up to {@code end}, all in ns. */
  public QueryResult range(SeriesSource source, String query, long start, long end, long step) {
    return pieces(source, query, start, end, step, Integer.MAX_VALUE).next();
  }

  /**
   * The same, but not more than {@code most} steps at a time. Where an answer cannot be had in
   * pieces, it comes in one.
   */
  public RangePieces pieces(
      SeriesSource source, String query, long start, long end, long step, int most) {
    if (step <= 0) {
      throw new QueryException(QueryException.Kind.BAD_DATA, "step must be greater than 0");
    }
    if (end < start) {
      throw new QueryException(QueryException.Kind.BAD_DATA, "end must not be before start");
    }
    Expr expr = Parser.parse(query);
    if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
      throw new QueryException(
          QueryException.Kind.BAD_DATA,
          "invalid expression type "
              + Quoting.quote(expr.type().text)
              + " for range query, must be scalar or instant vector");
    }
    boolean whole = Heatmaps.isHeatmap(expr) || Strides.isUsed(expr);
    long steps = (end - start) / step;
    if (Math.min(steps, whole ? steps : most) >= options.maxSamples() || steps >= MOST_STEPS) {
      throw new QueryException(QueryException.Kind.LIMIT, "too many steps, use a larger one");
    }
    StepGrid grid = StepGrid.range(start, end, step);
    Annotations notes = new Annotations(query);
    return new RangePieces(
        grid,
        whole ? grid.count() : most,
        piece -> evaluate(source, expr, grid, piece, notes, false));
  }

  /** The query in canonical form. */
  public static String format(String query) {
    return Printer.print(Parser.parse(query));
  }

  /** The vector selectors of a query in the order they are written. */
  public static List<Selector> metrics(String query) {
    List<Selector> out = new ArrayList<>();
    ExprTree.selectors(Parser.parse(query), v -> out.add(Selector.of(v)));
    return out;
  }

  private QueryResult evaluate(
      SeriesSource source, Expr expr, StepGrid grid, Annotations notes, boolean instant) {
    return evaluate(source, expr, grid, grid, notes, instant);
  }

  /**
   * @param grid steps of the query
   * @param piece those of them that are wanted
   */
  private QueryResult evaluate(
      SeriesSource source,
      Expr expr,
      StepGrid grid,
      StepGrid piece,
      Annotations notes,
      boolean instant) {
    Context context = new Context(source, options, new Budget(options), notes, grid);
    try {
      Evaluator e = new Evaluator(context, piece);
      return new ResultBuilder(e, piece, notes).build(expr, instant);
    } catch (StackOverflowError e) {
      // the parser bounds nesting, but the caller's thread may have used up most of its stack
      throw new QueryException(QueryException.Kind.LIMIT, "the query is nested too deeply");
    } catch (IllegalArgumentException e) {
      throw new QueryException(QueryException.Kind.EXECUTION, e.getMessage());
    }
  }
}
