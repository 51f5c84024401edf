package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Runs queries against a source. Thread-safe; one query runs on its caller's thread. */
public final class QueryEngine {
  private final QueryOptions options;

  /** An engine with these limits for every query. */
  public QueryEngine(QueryOptions options) {
    this.options = options;
  }

  /** Evaluates at one time, ns since the epoch. Throws QueryException. */
  public QueryResult instant(SeriesSource source, String query, long time) {
    Expr expr = Parser.parse(query);
    return evaluate(source, query, expr, StepGrid.instant(time), true);
  }

  /** Evaluates at {@code start}, {@code start + step} and so on up to {@code end}, all in ns. */
  public QueryResult range(SeriesSource source, String query, long start, long end, long step) {
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
    if ((end - start) / step >= options.maxSamples()) {
      throw new QueryException(QueryException.Kind.LIMIT, "too many steps, use a larger one");
    }
    return evaluate(source, query, expr, StepGrid.range(start, end, step), false);
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
      SeriesSource source, String query, Expr expr, StepGrid grid, boolean instant) {
    Annotations notes = new Annotations(query);
    Context context = new Context(source, options, new Budget(options), notes, grid);
    try {
      Evaluator e = new Evaluator(context, grid);
      return new ResultBuilder(e, grid, notes).build(expr, instant);
    } catch (IllegalArgumentException e) {
      throw new QueryException(QueryException.Kind.EXECUTION, e.getMessage());
    }
  }
}
