package io.rezolus.libs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TicksTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void the_first_is_an_interval_after_the_second_began() {
    assertEquals(SECOND - 400, new Ticks(SECOND, 400).next());
    assertEquals(30 * SECOND - 400, new Ticks(30 * SECOND, 400).next());
  }

  @Test
  void ticks_that_were_over_at_the_start_are_skipped() {
    assertEquals(SECOND / 10, new Ticks(SECOND / 5, 900_000_000).next());
  }

  @Test
  void a_late_sample_skips_what_it_missed_and_keeps_the_grid() {
    Ticks ticks = new Ticks(SECOND, 0);
    ticks.skipTo(3 * SECOND + 5);
    assertEquals(4 * SECOND, ticks.next());
    ticks.skipTo(4 * SECOND);
    assertEquals(5 * SECOND, ticks.next());
  }

  @Test
  void a_duration_of_whole_intervals_holds_one_sample_more() {
    for (long intoSecond : new long[] {0, 1, 350_000_000, 999_999_999}) {
      for (long interval : new long[] {SECOND / 10, SECOND / 5, SECOND}) {
        Ticks ticks = new Ticks(interval, intoSecond);
        int samples = 0;
        long end = interval + 10 * interval;
        while (ticks.next() <= end) {
          samples++;
          ticks.skipTo(ticks.next());
        }
        assertEquals(11, samples, intoSecond + " " + interval);
      }
    }
  }
}
