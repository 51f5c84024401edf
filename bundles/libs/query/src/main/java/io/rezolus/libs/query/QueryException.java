package io.rezolus.libs.query;

/** A query that can not be answered; the message is for the user. */
public class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** The text is not a valid query. */
    BAD_DATA,
    /** The evaluation failed. */
    EXECUTION,
    /** A limit on series, samples or memory was reached. */
    LIMIT,
    /** The time allowed is over. */
    TIMEOUT,
    /** The caller went away. */
    CANCELED
  }

  private final Kind kind;

  /** Sources throw it as well, when they cannot read their samples. */
  public QueryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
