package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;

/** Splits query text into tokens. */
final class Lexer {
  private static final String[] OPERATORS = {
    "==", "!=", "<=", ">=", "=~", "!~", "</", ">/", "(", ")", "{", "}", "[", "]", ",", "=", "<",
    ">", "+", "-", "*", "/", "%", "^", "@", ":"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int brackets;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer l = new Lexer(text);
    while (l.next()) {}
    return l.tokens;
  }

  private boolean next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        break;
      }
    }
    int start = at;
    if (at >= text.length()) {
      tokens.add(new Token(Token.Kind.END, "", 0, false, new Span(at, at)));
      return false;
    }
    char c = text.charAt(at);
    if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
      number();
    } else if (isLetter(c) || c == ':' && brackets == 0) {
      while (at < text.length()
          && (isLetter(text.charAt(at))
              || isDigit(text.charAt(at))
              || text.charAt(at) == ':' && brackets == 0)) {
        at++;
      }
      add(Token.Kind.NAME, start, text.substring(start, at));
    } else if (c == '"' || c == '\'' || c == '`') {
      string(c);
    } else {
      operator();
    }
    return true;
  }

  private void operator() {
    for (String op : OPERATORS) {
      if (text.startsWith(op, at)) {
        brackets += op.equals("[") ? 1 : op.equals("]") ? -1 : 0;
        at += op.length();
        add(Token.Kind.OPERATOR, at - op.length(), op);
        return;
      }
    }
    int cp = text.codePointAt(at);
    throw error(at, "unexpected character: '" + Character.toString(cp) + "'");
  }

  private void string(char quote) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      if (quote != '`' && text.charAt(at) == '\n') {
        throw error(start, "unterminated quoted string");
      }
      at += quote != '`' && text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw error(start, "unterminated " + (quote == '`' ? "raw" : "quoted") + " string");
    }
    String inner = text.substring(start + 1, at++);
    try {
      add(Token.Kind.STRING, start, quote == '`' ? inner : Quoting.unescape(inner));
    } catch (IllegalArgumentException e) {
      throw error(start, e.getMessage());
    }
  }

  private void number() {
    int start = at;
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean exponent =
          !hex && (c == '+' || c == '-') && (text.charAt(at - 1) | 32) == 'e' && at - 1 > start;
      if (!isLetter(c) && !isDigit(c) && c != '.' && !exponent) {
        break;
      }
      at++;
    }
    String s = text.substring(start, at);
    double d = Numbers.duration(s);
    boolean duration = !Double.isNaN(d);
    if (!duration) {
      try {
        d = Numbers.parse(s);
      } catch (NumberFormatException e) {
        throw error(start, "bad number or duration syntax: " + Quoting.quote(s));
      }
    }
    tokens.add(new Token(Token.Kind.NUMBER, s, d, duration, new Span(start, at)));
  }

  private void add(Token.Kind kind, int start, String value) {
    tokens.add(new Token(kind, value, 0, false, new Span(start, at)));
  }

  private ParseException error(int start, String reason) {
    return new ParseException(text, new Span(start, at), reason);
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
