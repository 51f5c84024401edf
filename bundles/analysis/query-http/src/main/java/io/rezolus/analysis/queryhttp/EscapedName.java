package io.rezolus.analysis.queryhttp;

/**
 * Label names in paths. Clients that are careful write a name with unusual characters as {@code
 * U__}, then the name with each underscore doubled and each other character as its hexadecimal code
 * between underscores.
 */
final class EscapedName {
  private static final String PREFIX = "U__";
  private static final int CODE_MAX = 6;

  private EscapedName() {}

  /** The name that is meant; one that is not escaped, or wrongly, is taken as it is. */
  static String plain(String text) {
    if (!text.startsWith(PREFIX)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = PREFIX.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        out.append(c);
        continue;
      }
      int end = text.indexOf('_', i + 1);
      if (end == i + 1) {
        out.append('_');
      } else if (end < 0 || end - i - 1 > CODE_MAX || !appended(text.substring(i + 1, end), out)) {
        return text;
      }
      i = end;
    }
    return out.toString();
  }

  private static boolean appended(String code, StringBuilder out) {
    try {
      int point = Integer.parseInt(code, 16);
      if (Character.isValidCodePoint(point)) {
        out.appendCodePoint(point);
        return true;
      }
    } catch (NumberFormatException e) {
      return false;
    }
    return false;
  }
}
