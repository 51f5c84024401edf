package io.rezolus.libs.query;

/** A syntax or type error, with its place as {@code line:column} in front of the message. */
public final class ParseException extends QueryException {
  private static final long serialVersionUID = 1L;
  private final String reason;

  ParseException(String text, Span span, String reason) {
    super(Kind.BAD_DATA, span.position(text) + ": parse error: " + reason);
    this.reason = reason;
  }

  /** The message without the position. */
  public String reason() {
    return reason;
  }
}
