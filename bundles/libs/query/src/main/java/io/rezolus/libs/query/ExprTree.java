package io.rezolus.libs.query;

import java.util.List;
import java.util.function.Consumer;

/** Walks over expressions. */
final class ExprTree {
  private ExprTree() {}

  /** The operands of an expression in the order they are written. */
  static List<Expr> children(Expr e) {
    if (e instanceof Expr.MatrixSelector m) {
      return List.of(m.selector());
    } else if (e instanceof Expr.Subquery s) {
      return List.of(s.expr());
    } else if (e instanceof Expr.Call c) {
      return c.args();
    } else if (e instanceof Expr.Aggregate a) {
      return a.param() == null ? List.of(a.expr()) : List.of(a.param(), a.expr());
    } else if (e instanceof Expr.Binary b) {
      return List.of(b.left(), b.right());
    } else if (e instanceof Expr.Unary u) {
      return List.of(u.expr());
    } else if (e instanceof Expr.Paren p) {
      return List.of(p.expr());
    }
    return List.of();
  }

  /** Every vector selector, those of range selectors among them. */
  static void selectors(Expr e, Consumer<Expr.VectorSelector> visit) {
    if (e instanceof Expr.VectorSelector v) {
      visit.accept(v);
    }
    children(e).forEach(c -> selectors(c, visit));
  }

  /** The expression inside any parentheses. */
  static Expr bare(Expr e) {
    return e instanceof Expr.Paren p ? bare(p.expr()) : e;
  }
}
