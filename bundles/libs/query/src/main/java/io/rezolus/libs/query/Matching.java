package io.rezolus.libs.query;

import java.util.List;

/**
 * How the elements of two vectors find each other.
 *
 * @param on whether {@code labels} are the only ones compared, else the ones left out
 * @param include labels copied from the "one" side
 * @param fillLeft value of a missing left element, or null
 * @param fillRight value of a missing right element, or null
 */
record Matching(
    boolean on,
    List<String> labels,
    Cardinality cardinality,
    List<String> include,
    Double fillLeft,
    Double fillRight) {
  static final Matching DEFAULT =
      new Matching(false, List.of(), Cardinality.ONE_TO_ONE, List.of(), null, null);

  enum Cardinality {
    ONE_TO_ONE,
    MANY_TO_ONE,
    ONE_TO_MANY,
    MANY_TO_MANY
  }

  /** The labels two elements must share to match. */
  Labels key(Labels l) {
    if (on) {
      return l.keep(labels);
    }
    Labels bare = labels.contains(Labels.NAME) ? l : l.with(Labels.NAME, "");
    return labels.isEmpty() ? bare : bare.drop(labels);
  }
}
