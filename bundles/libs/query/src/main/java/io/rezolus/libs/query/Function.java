package io.rezolus.libs.query;

import java.util.List;

/**
 * A function of the language.
 *
 * @param args argument types; the last ones may be left out down to {@code required}
 * @param repeat how often the last argument may appear in addition, -1 without limit
 */
record Function(
    String name,
    List<ValueType> args,
    int required,
    int repeat,
    ValueType result,
    Implementation body) {

  /** Computes a call over all steps. */
  interface Implementation {
    Value apply(Evaluator eval, Expr.Call call);
  }
}
