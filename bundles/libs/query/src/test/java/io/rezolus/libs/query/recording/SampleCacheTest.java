package io.rezolus.libs.query.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.query.Samples;
import org.junit.jupiter.api.Test;

class SampleCacheTest {
  private static final int ROWS = 100;
  private static final long PIECE = 16L * ROWS + 256;

  private final SampleCache cache = new SampleCache(10 * PIECE);

  private static TableTimes.Range[] range(int from, int to) {
    return new TableTimes.Range[] {new TableTimes.Range(from, to)};
  }

  private Samples put(String series, int from, int to) {
    Samples samples = Samples.gauges(new long[ROWS], new double[ROWS]);
    cache.put(series, range(from, to), samples, 0);
    return samples;
  }

  @Test
  void all_pieces_of_a_series_are_there_when_they_are_asked_for_again() {
    Samples[] pieces = {put("a", 0, 10), put("a", 9, 20), put("a", 19, 30)};
    for (int again = 0; again < 2; again++) {
      assertSame(pieces[0], cache.get("a", range(0, 10)));
      assertSame(pieces[1], cache.get("a", range(12, 15)));
      assertSame(pieces[2], cache.get("a", range(19, 30)));
    }
    assertNull(cache.get("a", range(5, 15)));
    assertNull(cache.get("b", range(0, 10)));
    assertEquals(3 * PIECE, cache.bytes());
    cache.remove("a");
    assertNull(cache.get("a", range(0, 10)));
    assertEquals(0, cache.bytes());
  }

  @Test
  void what_a_wider_piece_has_is_not_held_twice() {
    put("a", 0, 10);
    put("a", 12, 20);
    put("a", 18, 30);
    Samples wide = put("a", 0, 20);
    assertSame(wide, cache.get("a", range(12, 20)));
    assertNotNull(cache.get("a", range(18, 30)));
    assertEquals(2 * PIECE, cache.bytes());
  }

  @Test
  void what_was_not_used_for_longest_goes_first() {
    for (int i = 0; i < 10; i++) {
      put("a", 10 * i, 10 * i + 10);
    }
    assertNotNull(cache.get("a", range(0, 10)));
    put("b", 0, 10);
    assertNull(cache.get("a", range(10, 20)));
    assertNotNull(cache.get("a", range(0, 10)));
    assertTrue(cache.bytes() <= 10 * PIECE, cache.bytes() + " bytes");
  }
}
