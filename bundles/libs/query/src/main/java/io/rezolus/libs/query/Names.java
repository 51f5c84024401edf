package io.rezolus.libs.query;

/** Shapes of metric and label names that need no quotes. */
final class Names {
  private Names() {}

  static boolean isLabel(String s) {
    return plain(s, false);
  }

  static boolean isMetric(String s) {
    return plain(s, true);
  }

  /** A label name may be any non-empty text of whole characters; raw bytes are not. */
  static boolean isValid(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (Quoting.isRawByte(s.charAt(i))
          && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)))) {
        return false;
      }
    }
    return !s.isEmpty();
  }

  private static boolean plain(String s, boolean colons) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      boolean letter =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !s.isEmpty();
  }
}
