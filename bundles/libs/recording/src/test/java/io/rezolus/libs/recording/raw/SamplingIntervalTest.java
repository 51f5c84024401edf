package io.rezolus.libs.recording.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SamplingIntervalTest {
  private static final long MS = 1_000_000;

  @Test
  void is_a_second_where_fewer_than_two_snapshots_say() {
    assertEquals(new SamplingInterval(1000, null), SamplingInterval.of());
    assertEquals(new SamplingInterval(1000, null), SamplingInterval.of(5));
  }

  @Test
  void is_the_upper_middle_gap_rounded_half_up() {
    assertEquals(12, SamplingInterval.of(0, 10 * MS, 22 * MS).millis());
    assertEquals(11, SamplingInterval.of(0, 10 * MS + MS / 2).millis());
    assertEquals(10, SamplingInterval.of(0, 10 * MS + MS / 2 - 1).millis());
  }

  @Test
  void is_never_less_than_a_millisecond_and_says_so() {
    SamplingInterval interval = SamplingInterval.of(0, 10, 20);
    assertEquals(1, interval.millis());
    assertNotNull(interval.warning());
  }

  @Test
  void warns_when_gaps_are_uneven() {
    assertNull(SamplingInterval.of(0, 10 * MS, 20 * MS, 30 * MS, 130 * MS, 230 * MS).warning());
    assertNotNull(SamplingInterval.of(0, 10 * MS, 20 * MS, 50 * MS, 130 * MS, 230 * MS).warning());
  }
}
