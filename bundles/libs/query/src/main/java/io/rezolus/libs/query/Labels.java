package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** An immutable label set, sorted by name in UTF-8 order; an empty value is an absent label. */
public final class Labels implements Comparable<Labels> {
  /** Label that holds the metric name. */
  public static final String NAME = "__name__";

  static final String TYPE = "__type__";
  static final String UNIT = "__unit__";

  /** The empty label set. */
  public static final Labels EMPTY = new Labels(new String[0]);

  private final String[] pairs;
  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /** The labels of a map; entries with an empty value are left out. */
  public static Labels of(Map<String, String> map) {
    TreeMap<String, String> sorted = new TreeMap<>(Utf8Order::compare);
    sorted.putAll(map);
    sorted.values().removeIf(String::isEmpty);
    String[] pairs = new String[sorted.size() * 2];
    int i = 0;
    for (Map.Entry<String, String> e : sorted.entrySet()) {
      pairs[i++] = e.getKey();
      pairs[i++] = e.getValue();
    }
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  /** The labels of alternating names and values. */
  public static Labels of(String... namesAndValues) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(map);
  }

  /** Number of labels. */
  public int size() {
    return pairs.length / 2;
  }

  /** Name of label {@code i} in order. */
  public String name(int i) {
    return pairs[2 * i];
  }

  /** Value of label {@code i} in order. */
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /** Value of a label, empty when absent. */
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  /** A copy with one label set, or removed when the value is empty. */
  public Labels with(String name, String value) {
    if (get(name).equals(value)) {
      return this;
    }
    TreeMap<String, String> map = toMap();
    map.put(name, value);
    return of(map);
  }

  /** Only the named labels. */
  public Labels keep(Collection<String> names) {
    return filter(names, true);
  }

  /** All but the named labels. */
  public Labels drop(Collection<String> names) {
    return filter(names, false);
  }

  private Labels filter(Collection<String> names, boolean keep) {
    String[] out = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (names.contains(pairs[i]) == keep) {
        out[n++] = pairs[i];
        out[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : n == 0 ? EMPTY : new Labels(Arrays.copyOf(out, n));
  }

  private static boolean describesMetric(String name) {
    return name.equals(NAME) || name.equals(TYPE) || name.equals(UNIT);
  }

  /** Without the metric name and the labels that describe the metric itself. */
  public Labels withoutName() {
    String[] out = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (!describesMetric(pairs[i])) {
        out[n++] = pairs[i];
        out[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : n == 0 ? EMPTY : new Labels(Arrays.copyOf(out, n));
  }

  /** A mutable copy in UTF-8 order. */
  public TreeMap<String, String> toMap() {
    TreeMap<String, String> map = new TreeMap<>(Utf8Order::compare);
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Override
  public int compareTo(Labels o) {
    int n = Math.min(pairs.length, o.pairs.length);
    for (int i = 0; i < n; i++) {
      int c = Utf8Order.compare(pairs[i], o.pairs[i]);
      if (c != 0) {
        return c;
      }
    }
    return pairs.length - o.pairs.length;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Labels l && hash == l.hash && Arrays.equals(pairs, l.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** All labels in braces, the metric name among them. */
  String inBraces() {
    return text(false);
  }

  @Override
  public String toString() {
    return text(Names.isMetric(get(NAME)));
  }

  private String text(boolean bare) {
    StringBuilder b = new StringBuilder();
    String metric = get(NAME);
    if (bare) {
      b.append(metric);
    }
    String sep = "";
    StringBuilder inner = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      if (bare && pairs[i].equals(NAME)) {
        continue;
      }
      inner.append(sep).append(Names.isLabel(pairs[i]) ? pairs[i] : Quoting.quote(pairs[i]));
      inner.append('=').append(Quoting.quote(pairs[i + 1]));
      sep = ", ";
    }
    if (inner.length() > 0 || !bare) {
      b.append('{').append(inner).append('}');
    }
    return b.toString();
  }
}
