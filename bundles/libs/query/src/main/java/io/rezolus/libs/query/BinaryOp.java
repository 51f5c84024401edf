package io.rezolus.libs.query;

/** Binary operators with their binding strength. */
enum BinaryOp {
  OR("or", 1),
  AND("and", 2),
  UNLESS("unless", 2),
  EQUAL("==", 3),
  NOT_EQUAL("!=", 3),
  LESS("<", 3),
  LESS_EQUAL("<=", 3),
  GREATER(">", 3),
  GREATER_EQUAL(">=", 3),
  TRIM_UPPER("</", 3),
  TRIM_LOWER(">/", 3),
  ADD("+", 4),
  SUB("-", 4),
  MUL("*", 5),
  DIV("/", 5),
  MOD("%", 5),
  ATAN2("atan2", 5),
  POW("^", 6);

  final String text;
  final int strength;

  BinaryOp(String text, int strength) {
    this.text = text;
    this.strength = strength;
  }

  static BinaryOp of(String text) {
    for (BinaryOp op : values()) {
      if (op.text.equals(text)) {
        return op;
      }
    }
    return null;
  }

  boolean isSet() {
    return this == OR || this == AND || this == UNLESS;
  }

  boolean isTrim() {
    return this == TRIM_UPPER || this == TRIM_LOWER;
  }

  boolean isComparison() {
    return switch (this) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
      default -> false;
    };
  }

  /** The plain arithmetic on two numbers; comparisons give 1 or 0. */
  double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
      case POW -> power(a, b);
      case ATAN2 -> Math.atan2(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
      default -> throw new IllegalStateException(text);
    };
  }

  /** As IEEE 754-2008 pow: one to any power and minus one to an infinite power are one. */
  private static double power(double a, double b) {
    if (a == 1 || a == -1 && Double.isInfinite(b)) {
      return 1;
    }
    return Math.pow(a, b);
  }
}
