package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders of instant vectors. */
final class SortFunctions {
  private SortFunctions() {}

  static Function.Implementation byValue(boolean descending) {
    return (e, c) -> {
      List<StepSeries> v = e.vector(c.args().get(0));
      if (e.context().grid().step() != 0) {
        e.notes()
            .warn(
                c,
                "sort is ineffective for range queries since results are always ordered by labels");
        return ElementFunctions.floatsOnly(e, v);
      }
      List<StepSeries> out = new ArrayList<>();
      for (StepSeries s : v) {
        if (s.isFloat(0)) {
          out.add(s);
        }
      }
      out.sort(values(descending, 0));
      return new Value.Vector(out);
    };
  }

  /** NaN comes last either way. */
  static Comparator<StepSeries> values(boolean descending, int step) {
    return (a, b) -> {
      double x = a.values[step];
      double y = b.values[step];
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
      }
      return x == y ? 0 : (x < y) == descending ? 1 : -1;
    };
  }

  static Function.Implementation byLabel(boolean descending) {
    return (e, c) -> {
      List<StepSeries> out = new ArrayList<>(e.vector(c.args().get(0)));
      if (e.context().grid().step() != 0) {
        e.notes()
            .warn(
                c,
                "sort is ineffective for range queries since results are always ordered by labels");
        return new Value.Vector(out);
      }
      Comparator<StepSeries> order = (a, b) -> 0;
      for (int i = 1; i < c.args().size(); i++) {
        String label = e.text(c.args().get(i));
        order = order.thenComparing(s -> s.labels.get(label), SortFunctions::natural);
      }
      order = order.thenComparing(s -> s.labels);
      out.sort(descending ? order.reversed() : order);
      return new Value.Vector(out);
    };
  }

  /** Runs of digits compare as numbers. */
  static int natural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int x = digits(a, i);
      int y = digits(b, j);
      int c;
      if (x > i && y > j) {
        c =
            new java.math.BigInteger(a.substring(i, x))
                .compareTo(new java.math.BigInteger(b.substring(j, y)));
        i = x;
        j = y;
      } else {
        c = a.charAt(i++) - b.charAt(j++);
      }
      if (c != 0) {
        return c;
      }
    }
    int rest = (a.length() - i) - (b.length() - j);
    return rest != 0 ? rest : Utf8Order.compare(a, b);
  }

  private static int digits(String s, int from) {
    int i = from;
    while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
