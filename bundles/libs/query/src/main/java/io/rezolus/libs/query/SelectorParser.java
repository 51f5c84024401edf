package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Parses the braces of a selector. */
final class SelectorParser {
  private final TokenStream in;

  SelectorParser(TokenStream in) {
    this.in = in;
  }

  /** {@code name} may be null; at least one matcher has to reject the empty string unless loose. */
  Expr.VectorSelector parse(Token nameToken, boolean loose) {
    int start = in.peek().span().start();
    String name = null;
    if (nameToken != null) {
      name = nameToken.text();
      start = nameToken.span().start();
    }
    List<Matcher> matchers = new ArrayList<>();
    if (in.accept("{")) {
      while (!in.accept("}")) {
        name = matcher(name, matchers);
        if (!in.peek().is("}")) {
          in.expect(",", "label matching");
        }
      }
    }
    if (name != null) {
      matchers.add(new Matcher(Labels.NAME, Matcher.Op.EQUAL, name));
    }
    Span span = new Span(start, in.lastEnd());
    if (!loose && matchers.stream().allMatch(m -> m.matches(""))) {
      throw in.error(span, "vector selector must contain at least one non-empty matcher");
    }
    return new Expr.VectorSelector(name, matchers, Timing.NONE, Expr.Extension.NONE, span);
  }

  private String matcher(String name, List<Matcher> matchers) {
    Token t = in.peek();
    if (t.kind() != Token.Kind.NAME && t.kind() != Token.Kind.STRING) {
      throw in.unexpected("label matching, expected label name or \"}\"");
    }
    in.next();
    if (t.kind() == Token.Kind.STRING && (in.peek().is(",") || in.peek().is("}"))) {
      if (name != null) {
        throw in.error(
            t.span(),
            "metric name must not be set twice: "
                + Quoting.quote(name)
                + " or "
                + Quoting.quote(t.text()));
      }
      return t.text();
    }
    Matcher.Op op = null;
    for (Matcher.Op o : Matcher.Op.values()) {
      op = in.peek().is(o.text) ? o : op;
    }
    if (op == null) {
      throw in.unexpected("label matching, expected label matching operator");
    }
    in.next();
    Token value = in.peek();
    if (value.kind() != Token.Kind.STRING) {
      throw in.unexpected("label matching, expected string");
    }
    in.next();
    if (t.text().equals(Labels.NAME) && name != null) {
      throw in.error(
          t.span(),
          "metric name must not be set twice: "
              + Quoting.quote(name)
              + " or "
              + Quoting.quote(value.text()));
    }
    try {
      matchers.add(new Matcher(t.text(), op, value.text()));
    } catch (IllegalArgumentException e) {
      throw in.error(value.span(), e.getMessage());
    }
    return name;
  }
}
