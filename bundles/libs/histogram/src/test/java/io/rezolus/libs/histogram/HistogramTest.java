package io.rezolus.libs.histogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final HistogramConfig SMALL = new HistogramConfig(1, 3);

  private static Histogram of(long... buckets) {
    return new Histogram(SMALL, buckets);
  }

  @Test
  void finds_quantiles_of_a_uniform_distribution() {
    Histogram histogram = new Histogram(new HistogramConfig(7, 64));
    for (int i = 0; i <= 100; i++) {
      histogram.increment(i);
    }
    Quantiles quantiles = histogram.quantiles();
    assertEquals(50, quantiles.value(0.5));
    assertEquals(90, quantiles.value(0.9));
    assertEquals(99, quantiles.value(0.99));
    assertEquals(100, quantiles.value(0.999));
    assertEquals(0, quantiles.value(0));
    assertEquals(100, quantiles.value(1));
  }

  @Test
  void has_no_quantiles_when_empty() {
    Quantiles quantiles = of(0, 0, 0, 0, 0, 0).quantiles();
    assertTrue(quantiles.isEmpty());
    assertEquals(-1, quantiles.bucket(0.5));
    assertThrows(IllegalStateException.class, () -> quantiles.value(0.5));
  }

  @Test
  void refuses_quantiles_outside_of_zero_and_one() {
    Quantiles quantiles = of(1, 0, 0, 0, 0, 0).quantiles();
    assertThrows(IllegalArgumentException.class, () -> quantiles.bucket(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> quantiles.bucket(-0.1));
    assertThrows(IllegalArgumentException.class, () -> quantiles.bucket(1.1));
  }

  @Test
  void counts_beyond_64_bits_in_total() {
    Quantiles quantiles = of(-1, -1, -1, 0, 1, 0).quantiles();
    assertEquals(3 * 0x1p64, quantiles.total());
    assertEquals(0, quantiles.bucket(0.3));
    assertEquals(1, quantiles.bucket(0.5));
    assertEquals(2, quantiles.bucket(0.9));
    assertEquals(4, quantiles.bucket(1));
  }

  @Test
  void merges_and_subtracts_modulo_two_to_the_64() {
    assertArrayEquals(
        new long[] {0, 3, 0, 0, 0, 0},
        of(-1, 1, 0, 0, 0, 0).mergeWrapping(of(1, 2, 0, 0, 0, 0)).buckets());
    assertArrayEquals(
        new long[] {-1, 1, 0, 0, 0, 0},
        of(0, 3, 0, 0, 0, 0).subtractWrapping(of(1, 2, 0, 0, 0, 0)).buckets());
  }

  @Test
  void reports_overflow_and_underflow_when_checked() {
    Histogram full = of(-1, 0, 0, 0, 0, 0);
    Histogram one = of(1, 0, 0, 0, 0, 0);
    assertThrows(ArithmeticException.class, () -> full.mergeChecked(one));
    assertEquals(one, one.mergeChecked(of(0, 0, 0, 0, 0, 0)));
    assertThrows(ArithmeticException.class, () -> one.subtractChecked(full));
    assertEquals(of(-2, 0, 0, 0, 0, 0), full.subtractChecked(one));
  }

  @Test
  void refuses_to_combine_different_configurations() {
    Histogram other = new Histogram(new HistogramConfig(2, 4));
    assertThrows(IllegalArgumentException.class, () -> of(0, 0, 0, 0, 0, 0).mergeWrapping(other));
  }

  @Test
  void detects_a_restart_between_two_readings() {
    assertTrue(of(1, 0, 0, 0, 0, 0).delta(of(5, 0, 0, 0, 0, 0)).isEmpty());
    assertEquals(
        of(4, 0, 0, 0, 0, 0), of(5, 0, 0, 0, 0, 0).delta(of(1, 0, 0, 0, 0, 0)).orElseThrow());
    assertEquals(
        of(3, 0, 0, 0, 0, 0), of(1, 0, 0, 0, 0, 0).delta(of(-2, 0, 0, 0, 0, 0)).orElseThrow());
  }

  @Test
  void keeps_a_delta_of_exactly_two_to_the_63() {
    assertTrue(of(Long.MIN_VALUE, 0, 0, 0, 0, 0).delta(of(0, 0, 0, 0, 0, 0)).isPresent());
  }

  @Test
  void downsamples_without_losing_counts() {
    Histogram fine = new Histogram(new HistogramConfig(7, 64));
    for (long value = 1; value > 0; value *= 3) {
      fine.add(value, value);
    }
    fine.add(-1L, 7);
    Histogram coarse = fine.downsample(3);
    Histogram expected = new Histogram(new HistogramConfig(3, 64));
    for (long value = 1; value > 0; value *= 3) {
      expected.add(value, value);
    }
    expected.add(-1L, 7);
    assertEquals(expected, coarse);
    assertThrows(IllegalArgumentException.class, () -> coarse.downsample(3));
  }

  @Test
  void refuses_a_wrong_number_of_buckets() {
    assertThrows(IllegalArgumentException.class, () -> of(1, 2, 3));
  }
}
