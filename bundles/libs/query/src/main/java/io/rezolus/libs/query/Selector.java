package io.rezolus.libs.query;

import java.util.List;

/**
 * A vector selector of a query.
 *
 * @param name metric name, or null when the selector fixes none
 * @param matchers all conditions, that on {@code __name__} among them
 */
public record Selector(String name, List<Matcher> matchers) {
  static Selector of(Expr.VectorSelector v) {
    String name = v.name();
    for (Matcher m : v.matchers()) {
      if (name == null && m.name().equals(Labels.NAME) && m.op() == Matcher.Op.EQUAL) {
        name = m.value();
      }
    }
    return new Selector(name, List.copyOf(v.matchers()));
  }
}
