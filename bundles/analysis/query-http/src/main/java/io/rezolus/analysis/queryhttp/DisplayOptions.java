package io.rezolus.analysis.queryhttp;

/**
 * How much of an answer is drawn.
 *
 * @param points most buckets a series is drawn with, 0 for all samples
 * @param low quantile at the lower edge of the band, 0 to 1
 * @param high quantile at its upper edge
 */
record DisplayOptions(int points, double low, double high) {
  private static final double LOW = 0.25;
  private static final double HIGH = 0.75;

  /** The parameters {@code points} and {@code band}; a band that is none falls back. */
  static DisplayOptions of(String points, String band, int otherwise) throws ApiException {
    int budget = otherwise;
    if (points != null) {
      try {
        budget = Integer.parseInt(points);
      } catch (NumberFormatException e) {
        budget = -1;
      }
      if (budget < 0 || budget > 100_000) {
        throw ApiException.badData(
            "invalid parameter \"points\": expected a whole number from 0 to 100000");
      }
    }
    if (band != null) {
      String[] edges = band.split(",", -1);
      try {
        double low = Double.parseDouble(edges[0]);
        double high = Double.parseDouble(edges[edges.length - 1]);
        if (edges.length == 2 && low >= 0 && low <= high && high <= 1) {
          return new DisplayOptions(budget, low, high);
        }
      } catch (NumberFormatException e) {
        // as for any other band that is none
        return new DisplayOptions(budget, LOW, HIGH);
      }
    }
    return new DisplayOptions(budget, LOW, HIGH);
  }
}
