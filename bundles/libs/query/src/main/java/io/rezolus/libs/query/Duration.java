package io.rezolus.libs.query;

/** A duration expression; values are seconds. */
sealed interface Duration {
  record Literal(double seconds, boolean duration) implements Duration {}

  record Negated(Duration operand) implements Duration {}

  record Plus(Duration operand) implements Duration {}

  record Paren(Duration inner) implements Duration {}

  record Operation(char op, Duration left, Duration right) implements Duration {}

  record Context(boolean step) implements Duration {}

  record Extreme(boolean max, Duration left, Duration right) implements Duration {}

  /** Value for a query of this step and range, both in seconds; division by zero throws. */
  default double seconds(double step, double range) {
    if (this instanceof Literal l) {
      return l.seconds;
    } else if (this instanceof Negated n) {
      return -n.operand.seconds(step, range);
    } else if (this instanceof Plus p) {
      return p.operand.seconds(step, range);
    } else if (this instanceof Paren p) {
      return p.inner.seconds(step, range);
    } else if (this instanceof Context c) {
      return c.step ? step : range;
    } else if (this instanceof Extreme e) {
      double a = e.left.seconds(step, range);
      double b = e.right.seconds(step, range);
      return e.max ? Math.max(a, b) : Math.min(a, b);
    }
    Operation o = (Operation) this;
    double a = o.left.seconds(step, range);
    double b = o.right.seconds(step, range);
    if ((o.op == '/' || o.op == '%') && b == 0) {
      throw new IllegalArgumentException(o.op == '/' ? "division by zero" : "modulo by zero");
    }
    return switch (o.op) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case '%' -> a % b;
      default -> Math.pow(a, b);
    };
  }
}
