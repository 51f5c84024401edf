package io.rezolus.libs.recording.prometheus;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code name{label="value",...} value [timestamp]} from left to right. */
final class SampleLine {
  private static final long MILLIS_MAX = Long.MAX_VALUE / 1_000_000;

  private final String line;
  private int at;
  private String name;
  private final SortedMap<String, String> labels = new TreeMap<>();
  private double value;
  private long timestampMillis = -1;

  private SampleLine(String line) {
    this.line = line;
  }

  /**
   * @param types finds the type declared for a name
   * @return null when the line is no sample
   */
  static TextSample parse(String line, TypeTable types) {
    SampleLine reader = new SampleLine(line);
    try {
      reader.read();
    } catch (IllegalArgumentException e) {
      return null;
    }
    return new TextSample(
        reader.name, reader.labels, reader.value, reader.timestampMillis, types.of(reader.name));
  }

  private void read() {
    name = identifier().replace(':', '_');
    blanks();
    if (peek() == '{') {
      at++;
      labels();
      blanks();
    }
    value = number(word());
    String time = word();
    if (!time.isEmpty() && !time.startsWith("#")) {
      timestampMillis = timestamp(time);
    }
  }

  private void labels() {
    for (blanks(); peek() != '}'; blanks()) {
      String key = identifier();
      blanks();
      expect('=');
      blanks();
      expect('"');
      labels.put(key, quoted());
      blanks();
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw unexpected();
      }
    }
    at++;
  }

  private String quoted() {
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      char c = peek();
      at++;
      if (c == 0) {
        throw unexpected();
      }
      if (c == '\\') {
        char escaped = peek();
        at++;
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    at++;
    return text.toString();
  }

  private String identifier() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == ':') {
      at++;
    }
    if (at == start || Character.isDigit(line.charAt(start))) {
      throw unexpected();
    }
    return line.substring(start, at);
  }

  private String word() {
    blanks();
    int start = at;
    while (peek() != 0 && peek() != ' ' && peek() != '\t') {
      at++;
    }
    return line.substring(start, at);
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected();
    }
    at++;
  }

  private char peek() {
    return at < line.length() ? line.charAt(at) : 0;
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("column " + at);
  }

  static double number(String word) {
    switch (word.toLowerCase(Locale.ROOT)) {
      case "+inf", "inf", "+infinity", "infinity":
        return Double.POSITIVE_INFINITY;
      case "-inf", "-infinity":
        return Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan":
        return Double.NaN;
      default:
        break;
    }
    char last = word.isEmpty() ? 0 : word.charAt(word.length() - 1);
    if (!Character.isDigit(last) && last != '.') {
      // Java would take 1f and 1d
      throw new IllegalArgumentException(word);
    }
    return Double.parseDouble(word);
  }

  /**
   * Whole milliseconds, or seconds with a fraction as OpenMetrics has them.
   *
   * @return -1 for a time that nanoseconds since the Unix epoch cannot tell
   */
  private static long timestamp(String word) {
    long millis = word.indexOf('.') < 0 ? Long.parseLong(word) : Math.round(number(word) * 1000);
    return millis > MILLIS_MAX ? -1 : millis;
  }
}
