package io.rezolus.libs.query;

/**
 * String literals with Go escapes. A byte that is not part of a whole UTF-8 character is held as a
 * lone low surrogate, 0xDC00 plus the byte.
 */
final class Quoting {
  private Quoting() {}

  static boolean isRawByte(char c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  static String quote(String s) {
    StringBuilder b = new StringBuilder("\"");
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> b.append("\\\"");
        case '\\' -> b.append("\\\\");
        case '\n' -> b.append("\\n");
        case '\t' -> b.append("\\t");
        case '\r' -> b.append("\\r");
        default -> {
          boolean paired = i > 0 && Character.isHighSurrogate(s.charAt(i - 1));
          if (isRawByte(c) && !paired) {
            b.append(String.format("\\x%02x", c - 0xDC00));
          } else if (c < ' ' || c == 127) {
            b.append(String.format("\\x%02x", (int) c));
          } else {
            b.append(c);
          }
        }
      }
    }
    return b.append('"').toString();
  }

  /** Decodes the text between the quotes; throws IllegalArgumentException with the reason. */
  static String unescape(String s) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    int i = 0;
    while (i < s.length()) {
      int cp = s.codePointAt(i);
      if (cp != '\\') {
        writeCodePoint(out, cp);
        i += Character.charCount(cp);
        continue;
      }
      if (i + 1 >= s.length()) {
        throw new IllegalArgumentException("escape sequence not terminated");
      }
      char e = s.charAt(i + 1);
      i += 2;
      switch (e) {
        case 'a' -> out.write(7);
        case 'b' -> out.write(8);
        case 'f' -> out.write(12);
        case 'n' -> out.write(10);
        case 'r' -> out.write(13);
        case 't' -> out.write(9);
        case 'v' -> out.write(11);
        case '\\', '\'', '"', '`' -> out.write(e);
        case 'x' -> {
          out.write(number(s, i, 2, 16));
          i += 2;
        }
        case 'u' -> {
          writeCodePoint(out, number(s, i, 4, 16));
          i += 4;
        }
        case 'U' -> {
          writeCodePoint(out, number(s, i, 8, 16));
          i += 8;
        }
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          out.write(number(s, i - 1, 3, 8));
          i += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape sequence \\" + e);
      }
    }
    return decode(out.toByteArray());
  }

  private static int number(String s, int at, int digits, int radix) {
    if (at + digits > s.length()) {
      throw new IllegalArgumentException("escape sequence not terminated");
    }
    try {
      int v = Integer.parseInt(s.substring(at, at + digits), radix);
      if (v < 0 || v > (digits < 4 ? 255 : 0x10FFFF)) {
        throw new IllegalArgumentException("escape sequence is an invalid code point");
      }
      return v;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("illegal character in escape sequence", e);
    }
  }

  private static void writeCodePoint(java.io.ByteArrayOutputStream out, int cp) {
    if (cp >= 0xDC80 && cp <= 0xDCFF) {
      out.write(cp - 0xDC00);
      return;
    }
    byte[] b = new String(Character.toChars(cp)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.write(b, 0, b.length);
  }

  private static String decode(byte[] bytes) {
    StringBuilder b = new StringBuilder();
    int i = 0;
    while (i < bytes.length) {
      int lead = bytes[i] & 0xFF;
      int len = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
      String one =
          len == 0 || i + len > bytes.length
              ? "\uFFFD"
              : new String(bytes, i, len, java.nio.charset.StandardCharsets.UTF_8);
      if (len > 0 && one.codePointCount(0, one.length()) == 1 && one.charAt(0) != '\uFFFD') {
        b.append(one);
        i += len;
      } else {
        b.append((char) (0xDC00 + lead));
        i++;
      }
    }
    return b.toString();
  }
}
