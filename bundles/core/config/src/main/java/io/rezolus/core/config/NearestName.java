package io.rezolus.core.config;

import java.util.Collection;

/** Finds the name somebody meant by a mistyped one. */
final class NearestName {
  private NearestName() {}

  /** The closest of {@code known}, or null where none is close enough to be meant. */
  static String of(String typed, Collection<String> known) {
    String nearest = null;
    int least = Math.max(2, typed.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(typed, name);
      if (distance < least || distance == least && nearest != null && name.compareTo(nearest) < 0) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Levenshtein distance: insertions, deletions and replacements of one character. */
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
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
