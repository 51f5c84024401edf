package io.rezolus.analysis.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the metrics that a name that does not exist most likely means. */
final class NearestMetrics {
  private static final int SHOWN = 3;

  private record Candidate(String name, int distance) {}

  private NearestMetrics() {}

  /** The closest names, best first; none when nothing is close. */
  static List<String> of(String name, Collection<String> known) {
    int most = Math.max(2, name.length() / 3);
    return known.stream()
        .map(each -> new Candidate(each, distance(name, each)))
        .filter(each -> each.distance <= most)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN)
        .map(Candidate::name)
        .toList();
  }

  /** Edits that turn one name into the other; one that contains the other is close. */
  private static int distance(String a, String b) {
    if (a.length() > 3 && (b.contains(a) || a.contains(b))) {
      return 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
