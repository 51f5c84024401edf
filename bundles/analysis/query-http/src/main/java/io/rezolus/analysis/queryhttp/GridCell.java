package io.rezolus.analysis.queryhttp;

/** What a cell of a grid says about the samples in it. */
enum GridCell {
  MAX("max"),
  MEAN("mean"),
  MIN("min");

  final String text;

  GridCell(String text) {
    this.text = text;
  }

  /** The parameter {@code cell}; null is the maximum, which loses no spike. */
  static GridCell of(String text) throws ApiException {
    if (text == null) {
      return MAX;
    }
    for (GridCell each : values()) {
      if (each.text.equals(text)) {
        return each;
      }
    }
    throw ApiException.badData(
        "invalid parameter \"cell\": \"" + text + "\", expected max, mean or min");
  }

  double of(double sum, double min, double max, int count) {
    return switch (this) {
      case MAX -> max;
      case MEAN -> sum / count;
      case MIN -> min;
    };
  }
}
