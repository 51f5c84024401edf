package io.rezolus.libs.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inside of a histogram literal of the test language. */
final class HistogramText {
  private static final Pattern KEY = Pattern.compile("(\\w+):(\\[[^]]*\\]|\\S+)");

  private HistogramText() {}

  static NativeHistogram parse(String text) {
    int schema = 0;
    int offset = 0;
    int negativeOffset = 0;
    double sum = 0;
    double count = 0;
    double zero = 0;
    double width = 0;
    double[] positive = {};
    double[] negative = {};
    double[] bounds = {};
    NativeHistogram.Hint hint = NativeHistogram.Hint.UNKNOWN;
    Matcher m = KEY.matcher(text);
    while (m.find()) {
      String v = m.group(2);
      switch (m.group(1)) {
        case "schema" -> schema = Integer.parseInt(v);
        case "sum" -> sum = Numbers.parse(v);
        case "count" -> count = Numbers.parse(v);
        case "z_bucket" -> zero = Numbers.parse(v);
        case "z_bucket_w" -> width = Numbers.parse(v);
        case "offset" -> offset = Integer.parseInt(v);
        case "n_offset" -> negativeOffset = Integer.parseInt(v);
        case "buckets" -> positive = list(v);
        case "n_buckets" -> negative = list(v);
        case "custom_values" -> bounds = list(v);
        case "counter_reset_hint" ->
            hint = NativeHistogram.Hint.valueOf(v.toUpperCase(Locale.ROOT));
        default -> throw new IllegalArgumentException("unknown key " + m.group(1));
      }
    }
    return new NativeHistogram(
        schema,
        width,
        zero,
        count,
        sum,
        side(offset, positive),
        side(negativeOffset, negative),
        bounds,
        hint);
  }

  private static NativeHistogram.Side side(int offset, double[] counts) {
    int[] indexes = new int[counts.length];
    Arrays.setAll(indexes, i -> offset + i);
    return new NativeHistogram.Side(indexes, counts);
  }

  private static double[] list(String v) {
    String inner = v.substring(1, v.length() - 1).trim();
    return inner.isEmpty()
        ? new double[0]
        : Arrays.stream(inner.split("[\\s,]+")).mapToDouble(Numbers::parse).toArray();
  }
}
