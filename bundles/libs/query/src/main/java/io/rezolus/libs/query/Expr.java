package io.rezolus.libs.query;

import java.util.List;

/** A parsed expression. */
sealed interface Expr {
  Span span();

  ValueType type();

  /** Boundary treatment of a selector. */
  enum Extension {
    NONE,
    ANCHORED,
    SMOOTHED
  }

  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /** {@code name} is null when the metric was not named in front of or first in the braces. */
  record VectorSelector(
      String name, List<Matcher> matchers, Timing timing, Extension extension, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  record MatrixSelector(VectorSelector selector, Duration range, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /** {@code step} is null for the default. */
  record Subquery(Expr expr, Duration range, Duration step, Timing timing, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  record Call(Function function, List<Expr> args, Span span) implements Expr {
    @Override
    public ValueType type() {
      return function.result();
    }
  }

  /** {@code param} is null for operators without one. */
  record Aggregate(
      AggregateOp op, Expr expr, Expr param, List<String> grouping, boolean without, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /** {@code matching} is null unless both sides are vectors. */
  record Binary(BinaryOp op, Expr left, Expr right, boolean bool, Matching matching, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }
  }

  record Unary(boolean minus, Expr expr, Span span) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }
  }

  record Paren(Expr expr, Span span) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }
  }
}
