package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Builds nodes, refusing operands of the wrong type. */
final class TypeCheck {
  private final TokenStream in;

  TypeCheck(TokenStream in) {
    this.in = in;
  }

  Expr unary(boolean minus, Expr e, Span span) {
    if (e.type() != ValueType.SCALAR && e.type() != ValueType.VECTOR) {
      throw in.error(
          span,
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + Quoting.quote(e.type().text));
    }
    return new Expr.Unary(minus, e, span);
  }

  Expr binary(BinaryOp op, Expr l, Expr r, boolean bool, Matching m, Token operator) {
    Span span = new Span(l.span().start(), r.span().end());
    for (Expr side : List.of(l, r)) {
      if (side.type() != ValueType.SCALAR && side.type() != ValueType.VECTOR) {
        throw in.error(
            side.span(), "binary expression must contain only scalar and instant vector types");
      }
    }
    boolean vectors = l.type() == ValueType.VECTOR && r.type() == ValueType.VECTOR;
    if (bool && !op.isComparison()) {
      throw in.error(span, "bool modifier can only be used on comparison operators");
    }
    if (op.isComparison()
        && !bool
        && l.type() == ValueType.SCALAR
        && r.type() == ValueType.SCALAR) {
      throw in.error(span, "comparisons between scalars must use BOOL modifier");
    }
    if (op.isTrim() && l.type() == ValueType.SCALAR && r.type() == ValueType.SCALAR) {
      throw in.error(
          span, "operator " + Quoting.quote(op.text) + " not allowed for Scalar operations");
    }
    if (op.isSet() && !vectors) {
      throw in.error(
          span,
          "set operator " + Quoting.quote(op.text) + " not allowed in binary scalar expression");
    }
    if (!vectors && (!m.labels().isEmpty() || m.on())) {
      throw in.error(operator.span(), "vector matching only allowed between instant vectors");
    }
    if (!vectors && (m.fillLeft() != null || m.fillRight() != null)) {
      throw in.error(
          operator.span(), "filling in missing series only allowed between instant vectors");
    }
    return new Expr.Binary(op, l, r, bool, vectors ? m : null, span);
  }

  Expr call(Function f, List<Expr> args, Token name, Span span) {
    int most = f.repeat() < 0 ? Integer.MAX_VALUE : f.args().size() + f.repeat();
    if (args.size() < f.required() || args.size() > most) {
      String bound =
          f.required() == most ? "" : args.size() < f.required() ? "at least " : "at most ";
      throw in.error(
          span,
          "expected "
              + bound
              + (args.size() < f.required() ? f.required() : most)
              + " argument(s) in call to "
              + Quoting.quote(f.name())
              + ", got "
              + args.size());
    }
    for (int i = 0; i < args.size(); i++) {
      ValueType want = f.args().get(Math.min(i, f.args().size() - 1));
      if (args.get(i).type() != want) {
        throw in.error(
            args.get(i).span(),
            "expected type "
                + want.text
                + " in call to function "
                + Quoting.quote(f.name())
                + ", got "
                + args.get(i).type().text);
      }
    }
    return new Expr.Call(f, args, span);
  }

  Expr aggregate(
      AggregateOp op, List<Expr> args, ModifierParser.Grouping g, Token name, Span span) {
    int want = op.hasParameter() ? 2 : 1;
    if (args.size() != want) {
      throw in.error(
          span,
          "wrong number of arguments for aggregate expression provided, expected "
              + want
              + ", got "
              + args.size());
    }
    Expr inner = args.get(want - 1);
    if (inner.type() != ValueType.VECTOR) {
      throw in.error(
          inner.span(),
          "expected type instant vector in aggregation expression, got " + inner.type().text);
    }
    Expr param = op.hasParameter() ? args.get(0) : null;
    ValueType paramType = op == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
    if (param != null && param.type() != paramType) {
      throw in.error(
          param.span(),
          "expected type "
              + paramType.text
              + " in aggregation parameter, got "
              + param.type().text);
    }
    return new Expr.Aggregate(op, inner, param, new ArrayList<>(g.labels()), g.without(), span);
  }

  /** A range or step without a value from the query has to be positive already here. */
  void positive(Duration d, Span span, String what) {
    if (d instanceof Duration.Literal l && l.seconds() <= 0) {
      throw in.error(span, "duration must be greater than 0");
    }
  }
}
