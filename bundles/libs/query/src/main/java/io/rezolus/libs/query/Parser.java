package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses query text into a type-checked expression. */
final class Parser {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_CHAIN = 1000;
  private static final Set<String> BRACKETED =
      Set.of("histogram_quantiles", "histogram_percentiles");
  private static final Set<String> GROUPED =
      Set.of("histogram_mean", "histogram_sum", "histogram_count", "histogram_irate");
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "unless",
          "atan2",
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool");

  private final TokenStream in;
  private final DurationParser durations;
  private final SelectorParser selectors;
  private final ModifierParser modifiers;
  private final TypeCheck types;
  private int depth;

  private Parser(String text) {
    this.in = new TokenStream(text);
    this.durations = new DurationParser(in);
    this.selectors = new SelectorParser(in);
    this.modifiers = new ModifierParser(in, durations);
    this.types = new TypeCheck(in);
  }

  /** Throws ParseException when the text is not a valid query. */
  static Expr parse(String text) {
    Parser p = new Parser(text);
    if (p.in.peek().kind() == Token.Kind.END) {
      throw p.in.error(p.in.peek().span(), "no expression found in input");
    }
    Expr e = p.expression(0);
    if (p.in.peek().kind() != Token.Kind.END) {
      throw p.in.unexpected("expression");
    }
    return e;
  }

  private Expr expression(int strength) {
    if (++depth > MAX_DEPTH) {
      throw in.error(in.peek().span(), "expression is nested too deeply");
    }
    Expr left = unary();
    int chained = 0;
    while (true) {
      if (++chained > MAX_CHAIN) {
        throw in.error(in.peek().span(), "expression has too many operators in a row");
      }
      Token t = in.peek();
      BinaryOp op =
          t.kind() == Token.Kind.NAME
              ? BinaryOp.of(t.text().toLowerCase(java.util.Locale.ROOT))
              : t.kind() == Token.Kind.OPERATOR ? BinaryOp.of(t.text()) : null;
      if (op == null || op.strength <= strength) {
        depth--;
        return left;
      }
      in.next();
      boolean bool = in.acceptWord("bool");
      Matching matching = modifiers.matching(op, t);
      Expr right = expression(op == BinaryOp.POW ? op.strength - 1 : op.strength);
      left = types.binary(op, left, right, bool, matching, t);
    }
  }

  private Expr unary() {
    Token t = in.peek();
    if (t.is("-") || t.is("+")) {
      in.next();
      Expr operand = expression(BinaryOp.MUL.strength);
      if (operand instanceof Expr.NumberLiteral n && !n.duration()) {
        return new Expr.NumberLiteral(t.is("-") ? -n.value() : n.value(), false, span(t));
      }
      return types.unary(t.is("-"), operand, span(t));
    }
    Expr e = primary();
    while (true) {
      Token m = in.peek();
      if (m.is("[")) {
        e = range(e);
      } else if (m.is("@") || m.isWord("offset") || m.isWord("anchored") || m.isWord("smoothed")) {
        e = modifiers.apply(e);
      } else {
        return e;
      }
    }
  }

  private Expr range(Expr e) {
    Token open = in.next();
    if (in.peek().is(":")) {
      throw in.unexpected("subquery selector, expected number, duration, step(), or range()");
    }
    Duration range = durations.expression();
    if (in.accept(":")) {
      Duration step = in.peek().is("]") ? null : durations.expression();
      in.expect("]", "subquery or range");
      Span span = new Span(e.span().start(), in.lastEnd());
      if (e.type() != ValueType.VECTOR && e.type() != ValueType.SCALAR) {
        throw in.error(
            span, "subquery is only allowed on instant vector, got " + e.type().text + " instead");
      }
      if (e.type() == ValueType.SCALAR) {
        throw in.error(span, "subquery is only allowed on instant vector, got scalar instead");
      }
      types.positive(range, span, "range");
      types.positive(step, span, "step");
      return new Expr.Subquery(e, range, step, Timing.NONE, span);
    }
    in.expect("]", "subquery or range");
    Span span = new Span(e.span().start(), in.lastEnd());
    if (!(e instanceof Expr.VectorSelector v)) {
      throw in.error(open.span(), "ranges only allowed for vector selectors");
    }
    if (v.timing().at() != null || v.timing().offset() != null) {
      throw in.error(
          open.span(),
          "no " + (v.timing().at() != null ? "@" : "offset") + " modifiers allowed before range");
    }
    types.positive(range, span, "range");
    return new Expr.MatrixSelector(v, range, span);
  }

  private Expr primary() {
    Token t = in.peek();
    switch (t.kind()) {
      case NUMBER:
        in.next();
        return new Expr.NumberLiteral(t.number(), t.duration(), t.span());
      case STRING:
        in.next();
        return new Expr.StringLiteral(t.text(), t.span());
      case NAME:
        return name(t);
      default:
        break;
    }
    if (t.is("{")) {
      return selectors.parse(null, false);
    }
    if (t.is("(")) {
      in.next();
      Expr inner = expression(0);
      in.expect(")", "paren expression");
      return new Expr.Paren(inner, span(t));
    }
    throw in.unexpected("expression");
  }

  private Expr name(Token t) {
    boolean called = in.peek(1).is("(");
    AggregateOp op = AggregateOp.of(t.text());
    if (op != null && (called || in.peek(1).isWord("by") || in.peek(1).isWord("without"))) {
      return aggregate(op, in.next());
    }
    if (called && BRACKETED.contains(t.text()) && in.peek(2).is("[")) {
      return bracketed(in.next());
    }
    if (called && !RESERVED.contains(t.text())) {
      return call(in.next());
    }
    if (GROUPED.contains(t.text()) && (in.peek(1).isWord("by") || in.peek(1).isWord("without"))) {
      return grouped(in.next());
    }
    if (t.isWord("inf") || t.isWord("nan")) {
      in.next();
      return new Expr.NumberLiteral(Numbers.parse(t.text()), false, t.span());
    }
    if (BinaryOp.of(t.text().toLowerCase(java.util.Locale.ROOT)) != null || t.isWord("offset")) {
      throw in.unexpected("expression");
    }
    return selectors.parse(in.next(), false);
  }

  private Expr call(Token name) {
    Function f = Functions.find(name.text());
    if (f == null) {
      throw in.error(name.span(), "unknown function with name " + Quoting.quote(name.text()));
    }
    List<Expr> args = arguments(f.name());
    return types.call(f, args, name, span(name));
  }

  /** A histogram function with a grouping of its own: that of the sum of its argument. */
  private Expr grouped(Token name) {
    ModifierParser.Grouping grouping = modifiers.grouping();
    List<Expr> args = new ArrayList<>(arguments(""));
    if (!args.isEmpty()) {
      args.set(
          0, types.aggregate(AggregateOp.SUM, List.of(args.get(0)), grouping, name, span(name)));
    }
    return types.call(Functions.find(name.text()), args, name, span(name));
  }

  /** Quantiles in brackets, the histograms, and maybe seconds that make one point. */
  private Expr bracketed(Token name) {
    in.expect("(", "function call");
    in.expect("[", "function call");
    List<Expr> args = new ArrayList<>();
    do {
      args.add(expression(0));
    } while (in.accept(","));
    in.expect("]", "list of quantiles");
    in.expect(",", "function call");
    int quantiles = args.size();
    args.add(expression(0));
    boolean stride = in.accept(",");
    if (stride) {
      args.add(expression(0));
    }
    in.expect(")", "function call");
    Function f = Functions.bracketed(name.text(), quantiles, stride);
    return types.call(f, args, name, span(name));
  }

  private List<Expr> arguments(String function) {
    List<Expr> args = new java.util.ArrayList<>();
    in.expect("(", "function call");
    if (in.accept(")")) {
      return args;
    }
    do {
      boolean filter = function.equals("info") && args.size() == 1 && in.peek().is("{");
      args.add(filter ? selectors.parse(null, true) : expression(0));
    } while (in.accept(","));
    in.expect(")", "function call");
    return args;
  }

  private Expr aggregate(AggregateOp op, Token name) {
    ModifierParser.Grouping grouping = modifiers.grouping();
    List<Expr> args = arguments("");
    if (grouping == null) {
      grouping = modifiers.grouping();
    }
    if (grouping == null) {
      grouping = new ModifierParser.Grouping(List.of(), false);
    }
    return types.aggregate(op, args, grouping, name, span(name));
  }

  private Span span(Token from) {
    return new Span(from.span().start(), in.lastEnd());
  }
}
