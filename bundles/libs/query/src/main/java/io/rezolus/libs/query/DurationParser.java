package io.rezolus.libs.query;

/** Parses duration expressions in ranges and offsets. */
final class DurationParser {
  private static final int MAX_DEPTH = 100;
  private final TokenStream in;
  private int depth;

  DurationParser(TokenStream in) {
    this.in = in;
  }

  /** A whole expression with operators. */
  Duration expression() {
    return sum();
  }

  /** An operand with signs only, as {@code offset} takes it. */
  Duration signed() {
    if (++depth > MAX_DEPTH) {
      throw in.error(in.peek().span(), "duration expression is nested too deeply");
    }
    try {
      if (in.accept("-")) {
        return new Duration.Negated(signed());
      }
      return in.accept("+") ? new Duration.Plus(signed()) : primary();
    } finally {
      depth--;
    }
  }

  private Duration sum() {
    Duration left = product();
    while (in.peek().is("+") || in.peek().is("-")) {
      left = new Duration.Operation(in.next().text().charAt(0), left, product());
    }
    return left;
  }

  private Duration product() {
    Duration left = unary();
    while (in.peek().is("*") || in.peek().is("/") || in.peek().is("%")) {
      left = new Duration.Operation(in.next().text().charAt(0), left, unary());
    }
    return left;
  }

  private Duration unary() {
    if (++depth > MAX_DEPTH) {
      throw in.error(in.peek().span(), "duration expression is nested too deeply");
    }
    try {
      if (in.accept("-")) {
        return new Duration.Negated(unary());
      }
      if (in.accept("+")) {
        return new Duration.Plus(unary());
      }
      Duration base = primary();
      return in.accept("^") ? new Duration.Operation('^', base, unary()) : base;
    } finally {
      depth--;
    }
  }

  private Duration primary() {
    Token t = in.peek();
    if (t.kind() == Token.Kind.NUMBER) {
      in.next();
      return new Duration.Literal(t.number(), t.duration());
    }
    if (in.accept("(")) {
      Duration inner = sum();
      in.expect(")", "duration expression");
      return new Duration.Paren(inner);
    }
    if (t.isWord("step") || t.isWord("range")) {
      in.next();
      in.expect("(", "duration expression");
      in.expect(")", "duration expression");
      return new Duration.Context(t.isWord("step"));
    }
    if (t.isWord("min_of") || t.isWord("max_of")) {
      in.next();
      in.expect("(", "duration expression");
      Duration a = sum();
      in.expect(",", "duration expression");
      Duration b = sum();
      in.expect(")", "duration expression");
      return new Duration.Extreme(t.isWord("max_of"), a, b);
    }
    throw in.unexpected("duration expression");
  }
}
