package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Parses what follows selectors, operators and aggregations. */
final class ModifierParser {
  /** Labels in parentheses after by or without. */
  record Grouping(List<String> labels, boolean without) {}

  private final TokenStream in;
  private final DurationParser durations;

  ModifierParser(TokenStream in, DurationParser durations) {
    this.in = in;
    this.durations = durations;
  }

  /** One of offset, @, anchored and smoothed, put onto the selector or subquery before it. */
  Expr apply(Expr e) {
    Token t = in.next();
    if (t.isWord("anchored") || t.isWord("smoothed")) {
      Expr.Extension x = t.isWord("anchored") ? Expr.Extension.ANCHORED : Expr.Extension.SMOOTHED;
      return extend(e, x, t);
    }
    boolean at = t.is("@");
    Timing old = timing(e);
    if (old == null) {
      throw in.error(
          e.span(),
          (at ? "@" : "offset")
              + " modifier must be preceded by an instant vector selector or range vector selector or a subquery");
    }
    if (at && old.at() != null || !at && old.offset() != null) {
      throw in.error(
          t.span(), (at ? "@ <timestamp>" : "offset") + " may not be set multiple times");
    }
    Timing now = at ? new Timing(anchor(), old.offset()) : new Timing(old.at(), durations.signed());
    Span span = new Span(e.span().start(), in.lastEnd());
    return retime(e, now, span);
  }

  static Timing timing(Expr e) {
    if (e instanceof Expr.VectorSelector v) {
      return v.timing();
    } else if (e instanceof Expr.MatrixSelector m) {
      return m.selector().timing();
    }
    return e instanceof Expr.Subquery s ? s.timing() : null;
  }

  static Expr retime(Expr e, Timing timing, Span span) {
    if (e instanceof Expr.VectorSelector v) {
      return new Expr.VectorSelector(v.name(), v.matchers(), timing, v.extension(), span);
    } else if (e instanceof Expr.MatrixSelector m) {
      Expr.VectorSelector v = m.selector();
      return new Expr.MatrixSelector(
          new Expr.VectorSelector(v.name(), v.matchers(), timing, v.extension(), v.span()),
          m.range(),
          span);
    }
    Expr.Subquery s = (Expr.Subquery) e;
    return new Expr.Subquery(s.expr(), s.range(), s.step(), timing, span);
  }

  private Expr extend(Expr e, Expr.Extension x, Token t) {
    if (e instanceof Expr.MatrixSelector m) {
      return new Expr.MatrixSelector(
          extend(m.selector(), x, t), m.range(), new Span(m.span().start(), in.lastEnd()));
    }
    if (e instanceof Expr.VectorSelector v) {
      if (x == Expr.Extension.ANCHORED) {
        throw in.error(t.span(), "anchored modifier can only be used with range vector selectors");
      }
      return extend(v, x, t);
    }
    throw in.error(t.span(), t.text() + " modifier must be preceded by a vector selector");
  }

  private Expr.VectorSelector extend(Expr.VectorSelector v, Expr.Extension x, Token t) {
    if (v.extension() != Expr.Extension.NONE) {
      throw in.error(t.span(), "anchored and smoothed may not be set multiple times");
    }
    return new Expr.VectorSelector(
        v.name(), v.matchers(), v.timing(), x, new Span(v.span().start(), in.lastEnd()));
  }

  private Timing.At anchor() {
    Token t = in.peek();
    if (t.isWord("start") || t.isWord("end")) {
      in.next();
      in.expect("(", "@");
      in.expect(")", "@");
      return new Timing.At(t.isWord("start") ? Timing.Anchor.START : Timing.Anchor.END, 0);
    }
    double value = number("@");
    if (!(Math.abs(value) < 9e9)) {
      throw in.error(t.span(), "timestamp out of bounds for @ modifier: " + Numbers.plain(value));
    }
    return new Timing.At(Timing.Anchor.FIXED, Math.round(value * 1e3) * 1_000_000L);
  }

  private double number(String context) {
    boolean negative = false;
    while (in.peek().is("-") || in.peek().is("+")) {
      negative ^= in.next().is("-");
    }
    Token t = in.peek();
    double v;
    if (t.kind() == Token.Kind.NUMBER) {
      v = t.number();
    } else if (t.isWord("inf") || t.isWord("nan")) {
      v = Numbers.parse(t.text());
    } else {
      throw in.unexpected(context + ", expected number");
    }
    in.next();
    return negative ? -v : v;
  }

  Grouping grouping() {
    boolean without = in.peek().isWord("without");
    if (!without && !in.peek().isWord("by")) {
      return null;
    }
    in.next();
    return new Grouping(labels("grouping opts"), without);
  }

  private List<String> labels(String context) {
    List<String> labels = new ArrayList<>();
    in.expect("(", context);
    while (!in.accept(")")) {
      Token t = in.peek();
      if (t.kind() != Token.Kind.NAME && t.kind() != Token.Kind.STRING || t.text().isEmpty()) {
        throw in.unexpected(context + ", expected label");
      }
      in.next();
      labels.add(t.text());
      if (!in.peek().is(")")) {
        in.expect(",", context);
      }
    }
    return labels;
  }

  /** The matching modifiers after an operator; never null. */
  Matching matching(BinaryOp op, Token operator) {
    boolean on = in.peek().isWord("on");
    boolean named = on || in.peek().isWord("ignoring");
    List<String> labels = List.of();
    List<String> include = List.of();
    Matching.Cardinality card =
        op.isSet() ? Matching.Cardinality.MANY_TO_MANY : Matching.Cardinality.ONE_TO_ONE;
    if (named) {
      in.next();
      labels = labels("grouping opts");
      boolean left = in.peek().isWord("group_left");
      if (left || in.peek().isWord("group_right")) {
        Token group = in.next();
        if (op.isSet()) {
          throw in.error(
              group.span(), "no grouping allowed for " + Quoting.quote(op.text) + " operation");
        }
        card = left ? Matching.Cardinality.MANY_TO_ONE : Matching.Cardinality.ONE_TO_MANY;
        include = in.peek().is("(") ? labels("grouping opts") : include;
        for (String l : include) {
          if (on && labels.contains(l)) {
            throw in.error(
                group.span(),
                "label " + Quoting.quote(l) + " must not occur in ON and GROUP clause at once");
          }
        }
      }
    }
    Double fillLeft = null;
    Double fillRight = null;
    while (in.peek(1).is("(")
        && (in.peek().isWord("fill")
            || in.peek().isWord("fill_left")
            || in.peek().isWord("fill_right"))) {
      Token fill = in.next();
      if (op.isSet()) {
        throw in.error(operator.span(), "filling in missing series not allowed for set operators");
      }
      in.expect("(", "fill modifier");
      double v = number("fill modifier");
      in.expect(")", "fill modifier");
      fillLeft = fill.isWord("fill_right") ? fillLeft : Double.valueOf(v);
      fillRight = fill.isWord("fill_left") ? fillRight : Double.valueOf(v);
    }
    return new Matching(on, labels, card, include, fillLeft, fillRight);
  }
}
