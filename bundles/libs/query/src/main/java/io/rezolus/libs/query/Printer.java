package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an expression as text that parses to the same expression. */
final class Printer {
  private Printer() {}

  static String print(Expr e) {
    if (e instanceof Expr.NumberLiteral n) {
      return n.duration() ? Numbers.durationText(n.value()) : Numbers.plain(n.value());
    } else if (e instanceof Expr.StringLiteral s) {
      return Quoting.quote(s.value());
    } else if (e instanceof Expr.VectorSelector v) {
      return selector(v, "");
    } else if (e instanceof Expr.MatrixSelector m) {
      return selector(m.selector(), "[" + duration(m.range()) + "]");
    } else if (e instanceof Expr.Subquery s) {
      String step = s.step() == null ? "" : duration(s.step());
      return print(s.expr()) + "[" + duration(s.range()) + ":" + step + "]" + timing(s.timing());
    } else if (e instanceof Expr.Call c && c.function().body() == Functions.BRACKETED) {
      return bracketed(c);
    } else if (e instanceof Expr.Call c) {
      return c.function().name()
          + c.args().stream().map(Printer::print).collect(Collectors.joining(", ", "(", ")"));
    } else if (e instanceof Expr.Aggregate a) {
      return aggregate(a);
    } else if (e instanceof Expr.Binary b) {
      return binary(b);
    } else if (e instanceof Expr.Unary u) {
      return (u.minus() ? "-" : "+") + print(u.expr());
    }
    return "(" + print(((Expr.Paren) e).expr()) + ")";
  }

  private static String bracketed(Expr.Call c) {
    return c.args().stream()
            .filter(a -> a.type() == ValueType.SCALAR)
            .limit(c.function().args().indexOf(ValueType.VECTOR))
            .map(Printer::print)
            .collect(Collectors.joining(", ", c.function().name() + "([", "], "))
        + c.args().stream()
            .skip(c.function().args().indexOf(ValueType.VECTOR))
            .map(Printer::print)
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String selector(Expr.VectorSelector v, String range) {
    boolean bare = v.name() != null && Names.isMetric(v.name());
    List<String> inner = new ArrayList<>();
    if (v.name() != null && !bare) {
      inner.add(Quoting.quote(v.name()));
    }
    int shown = v.matchers().size() - (v.name() != null ? 1 : 0);
    for (int i = 0; i < shown; i++) {
      inner.add(v.matchers().get(i).toString());
    }
    String braces = inner.isEmpty() && bare ? "" : "{" + String.join(",", inner) + "}";
    String extension =
        switch (v.extension()) {
          case NONE -> "";
          case ANCHORED -> " anchored";
          case SMOOTHED -> " smoothed";
        };
    return (bare ? v.name() : "") + braces + range + extension + timing(v.timing());
  }

  private static String timing(Timing t) {
    StringBuilder b = new StringBuilder();
    if (t.at() != null) {
      b.append(" @ ")
          .append(
              switch (t.at().anchor()) {
                case START -> "start()";
                case END -> "end()";
                case FIXED -> String.format(java.util.Locale.ROOT, "%.3f", t.at().nanos() / 1e9);
              });
    }
    if (t.offset() != null) {
      b.append(" offset ").append(duration(t.offset()));
    }
    return b.toString();
  }

  static String duration(Duration d) {
    if (d instanceof Duration.Literal l) {
      return l.duration() ? Numbers.durationText(l.seconds()) : Numbers.plain(l.seconds());
    } else if (d instanceof Duration.Negated n) {
      return "-" + duration(n.operand());
    } else if (d instanceof Duration.Plus p) {
      return "+" + duration(p.operand());
    } else if (d instanceof Duration.Paren p) {
      return "(" + duration(p.inner()) + ")";
    } else if (d instanceof Duration.Context c) {
      return c.step() ? "step()" : "range()";
    } else if (d instanceof Duration.Extreme e) {
      return (e.max() ? "max_of(" : "min_of(")
          + duration(e.left())
          + ", "
          + duration(e.right())
          + ")";
    }
    Duration.Operation o = (Duration.Operation) d;
    return duration(o.left()) + " " + o.op() + " " + duration(o.right());
  }

  private static String labels(List<String> names) {
    return names.stream()
        .map(n -> Names.isLabel(n) ? n : Quoting.quote(n))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String aggregate(Expr.Aggregate a) {
    String by =
        a.without()
            ? " without " + labels(a.grouping()) + " "
            : a.grouping().isEmpty() ? "" : " by " + labels(a.grouping()) + " ";
    String param = a.param() == null ? "" : print(a.param()) + ", ";
    return a.op().text + by + "(" + param + print(a.expr()) + ")";
  }

  private static String binary(Expr.Binary b) {
    // a sign in front would count for the power as a whole
    boolean unsigned = b.op() == BinaryOp.POW && print(b.left()).startsWith("+Inf");
    String left = unsigned ? print(b.left()).substring(1) : print(b.left());
    StringBuilder s = new StringBuilder(left).append(' ').append(b.op().text);
    if (b.bool()) {
      s.append(" bool");
    }
    Matching m = b.matching();
    if (m != null) {
      if (m.on()
          || !m.labels().isEmpty()
          || m.cardinality() == Matching.Cardinality.MANY_TO_ONE
          || m.cardinality() == Matching.Cardinality.ONE_TO_MANY) {
        s.append(m.on() ? " on " : " ignoring ").append(labels(m.labels()));
      }
      if (m.cardinality() == Matching.Cardinality.MANY_TO_ONE) {
        s.append(" group_left ").append(labels(m.include()));
      } else if (m.cardinality() == Matching.Cardinality.ONE_TO_MANY) {
        s.append(" group_right ").append(labels(m.include()));
      }
      if (m.fillLeft() != null) {
        s.append(" fill_left (").append(Numbers.plain(m.fillLeft())).append(')');
      }
      if (m.fillRight() != null) {
        s.append(" fill_right (").append(Numbers.plain(m.fillRight())).append(')');
      }
    }
    return s.append(' ').append(print(b.right())).toString();
  }
}
