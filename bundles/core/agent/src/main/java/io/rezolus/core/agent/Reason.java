package io.rezolus.core.agent;

import io.rezolus.core.api.sampler.UnsupportedException;

/**
 * One line that says why something failed.
 *
 * @param text for a person
 * @param unsupported whether this host lacks what is needed
 */
record Reason(String text, boolean unsupported) {
  private static final String CAUSED_BY = "Caused by: ";
  private static final String UNSUPPORTED = UnsupportedException.class.getName();

  /** The text of an exception: its message, after the kind where that is not one of ours. */
  static String of(Throwable e) {
    return text(e.getClass().getName(), e.getMessage() == null ? "" : e.getMessage());
  }

  /**
   * The reason in a printed stack trace. The frameworks in between wrap what a component threw, so
   * the first throwable that is not a wrapper is the one that speaks of the failure.
   */
  static Reason ofTrace(String trace) {
    String last = null;
    for (String line : trace.split("\\R")) {
      String header = line.startsWith(CAUSED_BY) ? line.substring(CAUSED_BY.length()) : line;
      if (last == null || line.startsWith(CAUSED_BY)) {
        int colon = header.indexOf(": ");
        String kind = colon < 0 ? header.strip() : header.substring(0, colon);
        String message = colon < 0 ? "" : header.substring(colon + 2);
        last = text(kind, message);
        if (!kind.endsWith(".InvocationTargetException") && !kind.endsWith(".ComponentException")) {
          return new Reason(last, kind.equals(UNSUPPORTED));
        }
      }
    }
    return new Reason(last, false);
  }

  private static String text(String kind, String message) {
    String line = message.strip().split("\\R", 2)[0];
    String simple = kind.substring(Math.max(kind.lastIndexOf('.'), kind.lastIndexOf('$')) + 1);
    if (line.isEmpty()) {
      return simple;
    }
    return kind.startsWith("io.rezolus.") ? line : simple + ": " + line;
  }
}
