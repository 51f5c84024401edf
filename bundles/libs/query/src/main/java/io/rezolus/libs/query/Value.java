package io.rezolus.libs.query;

import java.util.List;

/** Value of an expression over all steps. */
sealed interface Value {
  record Scalar(double[] values) implements Value {}

  record Text(String value) implements Value {}

  record Vector(List<StepSeries> series) implements Value {}
}
