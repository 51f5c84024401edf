package io.rezolus.libs.query;

import java.util.List;
import java.util.Set;

/** Pins every selector of an expression to one time. */
final class StepInvariance {
  private static final Set<String> TIMED =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "time",
          "timestamp",
          "predict_linear",
          "start",
          "end",
          "range",
          "step");

  private StepInvariance() {}

  /** The text with {@code @ time} on all selectors, null when the query depends on its own time. */
  static String pin(String query, long nanos) {
    Expr e = Parser.parse(query);
    return timed(e) ? null : Printer.print(pin(e, new Timing.At(Timing.Anchor.FIXED, nanos)));
  }

  private static boolean timed(Expr e) {
    if (e instanceof Expr.Call c) {
      return TIMED.contains(c.function().name())
          || c.args().stream().anyMatch(StepInvariance::timed);
    } else if (e instanceof Expr.Binary b) {
      return timed(b.left()) || timed(b.right());
    } else if (e instanceof Expr.Unary u) {
      return timed(u.expr());
    } else if (e instanceof Expr.Paren p) {
      return timed(p.expr());
    } else if (e instanceof Expr.Subquery s) {
      return timed(s.expr());
    } else if (e instanceof Expr.Aggregate a) {
      return timed(a.expr()) || a.param() != null && timed(a.param());
    }
    return false;
  }

  private static Expr pin(Expr e, Timing.At at) {
    if (e instanceof Expr.VectorSelector
        || e instanceof Expr.MatrixSelector
        || e instanceof Expr.Subquery) {
      Timing t = ModifierParser.timing(e);
      return t.at() != null ? e : ModifierParser.retime(e, new Timing(at, t.offset()), e.span());
    } else if (e instanceof Expr.Call c) {
      List<Expr> args = c.args().stream().map(a -> pin(a, at)).toList();
      return new Expr.Call(c.function(), args, c.span());
    } else if (e instanceof Expr.Binary b) {
      return new Expr.Binary(
          b.op(), pin(b.left(), at), pin(b.right(), at), b.bool(), b.matching(), b.span());
    } else if (e instanceof Expr.Unary u) {
      return new Expr.Unary(u.minus(), pin(u.expr(), at), u.span());
    } else if (e instanceof Expr.Paren p) {
      return new Expr.Paren(pin(p.expr(), at), p.span());
    } else if (e instanceof Expr.Aggregate a) {
      return new Expr.Aggregate(
          a.op(),
          pin(a.expr(), at),
          a.param() == null ? null : pin(a.param(), at),
          a.grouping(),
          a.without(),
          a.span());
    }
    return e;
  }
}
