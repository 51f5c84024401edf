package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A parsed query as nested maps and lists, in the shape of Prometheus' parse_query. */
public final class SyntaxTree {
  private SyntaxTree() {}

  /**
   * The tree of a query. Values are strings, numbers, booleans, null, lists and maps.
   *
   * @throws QueryException when the text is not a valid query
   */
  public static Map<String, Object> of(String query) {
    return node(Parser.parse(query));
  }

  private static Map<String, Object> node(Expr e) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (e instanceof Expr.NumberLiteral n) {
      out.put("type", "numberLiteral");
      out.put("val", Numbers.plain(n.value()));
    } else if (e instanceof Expr.StringLiteral s) {
      out.put("type", "stringLiteral");
      out.put("val", s.value());
    } else if (e instanceof Expr.VectorSelector v) {
      selector(out, "vectorSelector", v);
    } else if (e instanceof Expr.MatrixSelector m) {
      selector(out, "matrixSelector", m.selector());
      out.put("range", millis(m.range()));
    } else if (e instanceof Expr.Subquery s) {
      out.put("type", "subquery");
      out.put("expr", node(s.expr()));
      out.put("range", millis(s.range()));
      out.put("step", s.step() == null ? 0L : millis(s.step()));
      timing(out, s.timing());
    } else if (e instanceof Expr.Call c) {
      out.put("type", "call");
      out.put("func", function(c.function()));
      out.put("args", c.args().stream().map(SyntaxTree::node).toList());
    } else if (e instanceof Expr.Aggregate a) {
      out.put("type", "aggregation");
      out.put("op", a.op().text);
      out.put("expr", node(a.expr()));
      out.put("param", a.param() == null ? null : node(a.param()));
      out.put("grouping", a.grouping());
      out.put("without", a.without());
    } else if (e instanceof Expr.Binary b) {
      out.put("type", "binaryExpr");
      out.put("op", b.op().text);
      out.put("lhs", node(b.left()));
      out.put("rhs", node(b.right()));
      out.put("matching", b.matching() == null ? null : matching(b.matching()));
      out.put("bool", b.bool());
    } else if (e instanceof Expr.Unary u) {
      out.put("type", "unaryExpr");
      out.put("op", u.minus() ? "-" : "+");
      out.put("expr", node(u.expr()));
    } else {
      out.put("type", "parenExpr");
      out.put("expr", node(((Expr.Paren) e).expr()));
    }
    return out;
  }

  private static void selector(Map<String, Object> out, String type, Expr.VectorSelector v) {
    out.put("type", type);
    out.put("name", v.name() == null ? "" : v.name());
    List<Object> matchers = new ArrayList<>();
    for (Matcher m : v.matchers()) {
      Map<String, Object> matcher = new LinkedHashMap<>();
      matcher.put("name", m.name());
      matcher.put("value", m.value());
      matcher.put("type", m.op().text);
      matchers.add(matcher);
    }
    out.put("matchers", matchers);
    timing(out, v.timing());
    out.put("anchored", v.extension() == Expr.Extension.ANCHORED);
    out.put("smoothed", v.extension() == Expr.Extension.SMOOTHED);
  }

  private static void timing(Map<String, Object> out, Timing timing) {
    Timing.At at = timing.at();
    boolean fixed = at != null && at.anchor() == Timing.Anchor.FIXED;
    out.put("offset", timing.offset() == null ? 0L : millis(timing.offset()));
    out.put("timestamp", fixed ? at.nanos() / 1_000_000 : null);
    out.put("startOrEnd", at == null || fixed ? null : at.anchor().name().toLowerCase(Locale.ROOT));
  }

  /** Milliseconds where the text says how many; else the expression itself. */
  private static Object millis(Duration d) {
    if (d instanceof Duration.Literal l) {
      return Math.round(l.seconds() * 1000);
    }
    if (d instanceof Duration.Negated n && n.operand() instanceof Duration.Literal l) {
      return -Math.round(l.seconds() * 1000);
    }
    return Printer.duration(d);
  }

  private static Map<String, Object> function(Function f) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", f.name());
    out.put("argTypes", f.args().stream().map(SyntaxTree::type).toList());
    out.put("variadic", f.repeat() != 0 ? f.repeat() : f.args().size() - f.required());
    out.put("returnType", type(f.result()));
    return out;
  }

  private static String type(ValueType t) {
    return switch (t) {
      case SCALAR -> "scalar";
      case VECTOR -> "vector";
      case MATRIX -> "matrix";
      case STRING -> "string";
    };
  }

  private static Map<String, Object> matching(Matching m) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("card", m.cardinality().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    out.put("labels", m.labels());
    out.put("on", m.on());
    out.put("include", m.include());
    out.put("fillValues", fill(m));
    return out;
  }

  private static Map<String, Object> fill(Matching m) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("lhs", m.fillLeft());
    out.put("rhs", m.fillRight());
    return out;
  }
}
