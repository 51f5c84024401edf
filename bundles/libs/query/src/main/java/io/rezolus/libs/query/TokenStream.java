package io.rezolus.libs.query;

import java.util.List;

/** Tokens with a reading position and the errors that go with it. */
final class TokenStream {
  private final String text;
  private final List<Token> tokens;
  private int at;

  TokenStream(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token t = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return t;
  }

  boolean accept(String operator) {
    if (peek().is(operator)) {
      next();
      return true;
    }
    return false;
  }

  boolean acceptWord(String word) {
    if (peek().isWord(word)) {
      next();
      return true;
    }
    return false;
  }

  Token expect(String operator, String context) {
    if (!peek().is(operator)) {
      throw unexpected(context + ", expected \"" + operator + "\"");
    }
    return next();
  }

  ParseException unexpected(String context) {
    return error(peek().span(), "unexpected " + peek().describe() + " in " + context);
  }

  ParseException error(Span span, String reason) {
    return new ParseException(text, span, reason);
  }

  /** End of the token read last. */
  int lastEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).span().end();
  }
}
