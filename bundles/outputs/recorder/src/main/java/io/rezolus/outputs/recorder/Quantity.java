package io.rezolus.outputs.recorder;

import java.util.Locale;

/** Numbers with three significant digits and a unit of fitting size. */
final class Quantity {
  private static final String[] TIMES = {"ns", "us", "ms", "s"};
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Quantity() {}

  /** A time; unsigned. */
  static String nanos(long nanos) {
    return nanos < 0 ? "> 292 years" : scaled(nanos, 1000, TIMES);
  }

  static String bytes(long bytes) {
    return scaled(bytes, 1024, BYTES);
  }

  /** A count per second. */
  static String rate(double perSecond) {
    return (perSecond < 100
            ? String.format(Locale.ROOT, "%.1f", perSecond)
            : String.format(Locale.ROOT, "%,d", Math.round(perSecond)))
        + "/s";
  }

  private static String scaled(double value, int step, String[] units) {
    int unit = 0;
    double scaled = value;
    while (scaled >= step && unit < units.length - 1) {
      scaled /= step;
      unit++;
    }
    int digits = unit == 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f %s", scaled, units[unit]);
  }
}
