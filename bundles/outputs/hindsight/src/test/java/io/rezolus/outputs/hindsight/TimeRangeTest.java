package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimeRangeTest {
  private static final long NEWEST = 1_700_000_000_000_000_000L;

  @Test
  void without_parameters_it_is_everything() {
    assertTrue(TimeRange.parse(null, null, null, NEWEST).everything());
  }

  @Test
  void last_counts_back_from_the_newest_row_and_wins() {
    TimeRange range = TimeRange.parse("5m", "1", "2", NEWEST);
    assertEquals(NEWEST - 300_000_000_000L, range.from());
    assertEquals(Long.MAX_VALUE, range.to());
  }

  @Test
  void start_and_end_are_seconds_or_rfc_3339_with_a_zone() {
    TimeRange range = TimeRange.parse(null, "1700000000", "2023-11-14T23:13:20+01:00", NEWEST);
    assertEquals(NEWEST, range.from());
    assertEquals(NEWEST, range.to());
  }

  @Test
  void what_is_wrong_is_said() {
    assertThrows(IllegalArgumentException.class, () -> TimeRange.parse("soon", null, null, NEWEST));
    assertThrows(
        IllegalArgumentException.class, () -> TimeRange.parse(null, "2023-11-14", null, NEWEST));
    assertThrows(IllegalArgumentException.class, () -> TimeRange.parse(null, "3", "2", NEWEST));
  }
}
