package io.rezolus.libs.query;

import java.util.List;

/** Selectors on their own, as APIs take them to name series. */
public final class Selectors {
  private Selectors() {}

  /**
   * The conditions of a selector such as <code>cpu_usage{state="user"}</code>.
   *
   * @throws QueryException when the text is anything else
   */
  public static List<Matcher> parse(String text) {
    Expr expr = Parser.parse(text);
    if (expr instanceof Expr.VectorSelector selector
        && selector.timing().equals(Timing.NONE)
        && selector.extension() == Expr.Extension.NONE) {
      return selector.matchers();
    }
    throw new ParseException(
        text, expr.span(), "expected a selector such as name{label=\"value\"} and nothing else");
  }
}
