package io.rezolus.libs.query;

/** The {@code @} and {@code offset} modifiers; {@code at} and {@code offset} are null if absent. */
record Timing(At at, Duration offset) {
  static final Timing NONE = new Timing(null, null);

  /** Anchor of the {@code @} modifier; {@code nanos} counts for FIXED only. */
  record At(Anchor anchor, long nanos) {}

  enum Anchor {
    FIXED,
    START,
    END
  }
}
