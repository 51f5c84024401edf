package io.rezolus.libs.query;

/**
 * A lexical unit: {@code text} is as written, except for strings, where it is the decoded value.
 */
record Token(Kind kind, String text, double number, boolean duration, Span span) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equalsIgnoreCase(word);
  }

  String describe() {
    return switch (kind) {
      case END -> "end of input";
      case STRING -> "string " + Quoting.quote(text);
      case NUMBER -> "number \"" + text + "\"";
      case NAME -> "identifier \"" + text + "\"";
      case OPERATOR -> "<" + text + ">";
    };
  }
}
