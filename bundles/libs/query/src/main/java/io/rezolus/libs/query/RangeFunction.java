package io.rezolus.libs.query;

/** A function of one window; it sets nothing when there is no result. */
@FunctionalInterface
interface RangeFunction {
  void apply(RangeCall call, Window w, StepSeries out, int step);
}
