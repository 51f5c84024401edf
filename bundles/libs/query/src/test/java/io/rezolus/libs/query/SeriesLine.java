package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A series line of a load or eval block: a metric and its items, null for a missing sample. */
record SeriesLine(
    Labels labels, boolean starts, List<MemorySource.Point> items, List<Boolean> explicitHint) {

  static SeriesLine parse(String line) {
    int end = metricEnd(line);
    String metric = line.substring(0, end);
    String rest = line.substring(end);
    boolean starts = rest.startsWith("@st");
    if (starts) {
      rest = rest.substring(3);
    }
    List<MemorySource.Point> items = new ArrayList<>();
    List<Boolean> hints = new ArrayList<>();
    ItemParser p = new ItemParser(rest, items, hints);
    if (starts) {
      p.startTimes();
    } else {
      p.samples();
    }
    return new SeriesLine(labels(metric), starts, items, hints);
  }

  private static int metricEnd(String line) {
    int i = 0;
    char quote = 0;
    int braces = 0;
    for (; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '{') {
        braces++;
      } else if (c == '}') {
        braces--;
        if (braces == 0) {
          return i + 1;
        }
      } else if (braces == 0 && (Character.isWhitespace(c) || c == '@')) {
        String rest = line.substring(i).trim();
        if (rest.startsWith("{") && !rest.startsWith("{{") && c != '@') {
          continue;
        }
        return i;
      }
    }
    return i;
  }

  private static Labels labels(String metric) {
    TokenStream in = new TokenStream(metric);
    Token name = in.peek().kind() == Token.Kind.NAME ? in.next() : null;
    Expr.VectorSelector v = new SelectorParser(in).parse(name, true);
    if (in.peek().kind() != Token.Kind.END) {
      throw new IllegalArgumentException("not a metric: " + metric);
    }
    TreeMap<String, String> map = new TreeMap<>();
    for (Matcher m : v.matchers()) {
      map.put(m.name(), m.value());
    }
    return Labels.of(map);
  }
}
