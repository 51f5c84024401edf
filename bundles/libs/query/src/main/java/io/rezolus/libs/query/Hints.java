package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Remarks for people whose query finds nothing in a source that knows what it holds. */
final class Hints {
  private static final int SUGGESTIONS = 3;

  private record Near(String name, int distance) {}

  private Hints() {}

  /** Says that a selector's metric is not there, and which ones are called nearly so. */
  static void missing(Evaluator e, Expr.VectorSelector v) {
    String name = Selector.of(v).name();
    if (!(e.context().source() instanceof CatalogSource source)
        || name == null
        || source.metrics().containsKey(name)) {
      return;
    }
    List<String> near = nearest(name, source.metrics().keySet());
    String question =
        near.stream().map(Quoting::quote).collect(Collectors.joining(", ", "; did you mean ", "?"));
    e.notes()
        .info(
            v,
            "metric "
                + Quoting.quote(name)
                + " is not in this recording"
                + (near.isEmpty() ? "" : question));
  }

  /** Up to three names that a few letters or a part tell from the one asked for. */
  static List<String> nearest(String name, Set<String> names) {
    int most = Math.max(2, name.length() / 4);
    List<Near> near = new ArrayList<>();
    for (String n : names) {
      int d = distance(name, n);
      boolean part = name.length() > 2 && (n.contains(name) || name.contains(n));
      if (d <= most || part) {
        near.add(new Near(n, d));
      }
    }
    return near.stream()
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(SUGGESTIONS)
        .map(Near::name)
        .toList();
  }

  /** Letters to insert, remove or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Says that an operation gave nothing because of labels alone, and how to write it instead. */
  static void unmatched(
      Evaluator e, Expr.Binary node, List<StepSeries> left, List<StepSeries> right) {
    Matching m = node.matching();
    if (!(e.context().source() instanceof CatalogSource)
        || left.isEmpty()
        || right.isEmpty()
        || node.op().isComparison()
        || m.on()
        || !m.labels().isEmpty()) {
      return;
    }
    Set<String> here = names(left);
    Set<String> there = names(right);
    Set<String> both = new TreeSet<>(here);
    both.retainAll(there);
    here.removeAll(both);
    there.removeAll(both);
    if (here.isEmpty() && there.isEmpty()) {
      return;
    }
    here.addAll(there);
    String by = both.isEmpty() ? "" : " by (" + String.join(", ", both) + ")";
    e.notes()
        .info(
            node,
            "the sides of "
                + Quoting.quote(node.op().text)
                + " have no labels in common that pair them: "
                + String.join(", ", here)
                + (here.size() == 1 ? " is" : " are")
                + " on one side only; write both as sum"
                + by
                + " (…)");
  }

  private static Set<String> names(List<StepSeries> series) {
    Set<String> out = new TreeSet<>();
    for (StepSeries s : series) {
      Labels l = s.labels.withoutName();
      for (int i = 0; i < l.size(); i++) {
        out.add(l.name(i));
      }
    }
    return out;
  }
}
