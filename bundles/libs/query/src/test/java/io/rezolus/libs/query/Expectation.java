package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lines of an eval block expect. */
final class Expectation {
  private static final Pattern LINE =
      Pattern.compile(
          "expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(msg|regex)\\s*:(.*))?");

  /** A text to be matched; both null match anything. */
  record Text(String equal, String regex) {
    boolean matches(String s) {
      return equal != null
          ? equal.equals(s)
          : regex == null || com.google.re2j.Pattern.compile(regex).matcher(s).find();
    }
  }

  final List<SeriesLine> series = new ArrayList<>();
  final List<Text> warn = new ArrayList<>();
  final List<Text> info = new ArrayList<>();
  boolean noWarn;
  boolean noInfo;
  boolean ordered;
  Text fail;
  Double scalar;
  String string;
  long[] grid;

  static Expectation parse(List<String> lines) {
    Expectation e = new Expectation();
    for (String line : lines) {
      e.add(line);
    }
    if (e.noWarn && !e.warn.isEmpty() || e.noInfo && !e.info.isEmpty()) {
      throw new IllegalArgumentException("an annotation is both expected and excluded");
    }
    return e;
  }

  private void add(String line) {
    String[] w = line.split("\\s+");
    if (line.startsWith("expect range vector")) {
      grid = new long[] {TestTime.nanos(w[4]), TestTime.nanos(w[6]), TestTime.nanos(w[8])};
    } else if (line.startsWith("expect string")) {
      String quoted = line.substring("expect string".length()).trim();
      string = new TokenStream(quoted).peek().text();
    } else if (w[0].equals("expect")) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        throw new IllegalArgumentException("not an expectation: " + line);
      }
      boolean exact = "msg".equals(m.group(2));
      String text = m.group(3) == null ? null : m.group(3).trim();
      directive(m.group(1), new Text(exact ? text : null, exact ? null : text));
    } else {
      try {
        scalar = Numbers.parse(line);
      } catch (NumberFormatException x) {
        series.add(SeriesLine.parse(line));
      }
    }
  }

  void directive(String kind, Text text) {
    switch (kind) {
      case "ordered" -> ordered = true;
      case "fail" -> fail = text;
      case "warn" -> warn.add(text);
      case "info" -> info.add(text);
      case "no_warn" -> noWarn = true;
      default -> noInfo = true;
    }
  }
}
