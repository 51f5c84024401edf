package io.rezolus.libs.query;

import java.util.Locale;

/** Aggregation operators. */
enum AggregateOp {
  SUM,
  AVG,
  MIN,
  MAX,
  COUNT,
  GROUP,
  STDDEV,
  STDVAR,
  QUANTILE,
  TOPK,
  BOTTOMK,
  COUNT_VALUES,
  LIMITK,
  LIMIT_RATIO;

  final String text = name().toLowerCase(Locale.ROOT);

  static AggregateOp of(String text) {
    for (AggregateOp op : values()) {
      if (op.text.equalsIgnoreCase(text)) {
        return op;
      }
    }
    return null;
  }

  boolean hasParameter() {
    return switch (this) {
      case QUANTILE, TOPK, BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO -> true;
      default -> false;
    };
  }

  /** Whether input elements are passed on with their own labels. */
  boolean selects() {
    return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
  }
}
