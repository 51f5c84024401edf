package io.rezolus.libs.query;

import java.util.Map;
import java.util.Set;

/**
 * Bounds of functions of each element that never fall when it rises, and of its distance from 0.
 */
final class ElementBands {
  private static final Set<String> RISING =
      Set.of(
          "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn", "atan", "sinh", "tanh",
          "asinh", "deg", "rad");

  private ElementBands() {}

  /** The function that a call is of each element; null where it is of another kind. */
  private static ElementFunctions.Cell rising(Evaluator eval, Expr.Call call) {
    String name = call.function().name();
    if (RISING.contains(name)) {
      ElementFunctions.OfElement f = (ElementFunctions.OfElement) call.function().body();
      return (v, t) -> f.function().applyAsDouble(v);
    }
    return switch (name) {
      case "round" -> ElementFunctions.rounding(eval, call);
      case "clamp" -> ElementFunctions.clamping(eval, call);
      case "clamp_min", "clamp_max" -> ElementFunctions.bounding(eval, call);
      default -> null;
    };
  }

  /** Whether a call is of this kind. */
  static boolean handles(Expr.Call call) {
    String name = call.function().name();
    return RISING.contains(name)
        || Set.of("abs", "round", "clamp", "clamp_min", "clamp_max").contains(name);
  }

  /**
   * Replaces bounds of the elements by those of the results.
   *
   * @param bands of the elements
   */
  static Map<Labels, Band> of(Evaluator eval, Expr.Call call, Map<Labels, Band> bands) {
    ElementFunctions.Cell f = rising(eval, call);
    for (Band band : bands.values()) {
      for (int t = 0; t < band.lower().length; t++) {
        double low = band.lower()[t];
        double high = band.upper()[t];
        if (f == null) {
          boolean both = low < 0 && high > 0;
          double most = Math.max(Math.abs(low), Math.abs(high));
          band.set(t, both ? 0 : Math.min(Math.abs(low), Math.abs(high)), most);
        } else if (!Double.isNaN(low)) {
          band.set(t, f.at(low, t), f.at(high, t));
        }
      }
    }
    return bands;
  }
}
