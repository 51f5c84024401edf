package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Stored values of a counter or gauge as decimal numbers, every digit of them. Where values are
 * stored multiplied with a power of ten, that is divided out.
 */
final class ScalarText {
  private final boolean unsigned;
  private final int fraction;

  ScalarText(RecordedColumn column) {
    unsigned = column.kind() == MetricKind.COUNTER;
    fraction = (int) Math.round(Math.log10(column.valueScale()));
  }

  String of(long stored) {
    String integer = unsigned ? Long.toUnsignedString(stored) : Long.toString(stored);
    if (fraction == 0) {
      return integer;
    }
    BigDecimal value = new BigDecimal(new BigInteger(integer), fraction).stripTrailingZeros();
    return value.toPlainString();
  }
}
