package io.rezolus.libs.recording.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.wraps.parquet.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarBufferTest {
  @Test
  void hands_out_each_row_s_last_value_and_nothing_where_none_was_set() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      ScalarBuffer buffer = new ScalarBuffer();
      List<Long> expected = new ArrayList<>();
      int rows = random.nextInt(1000);
      while (expected.size() < rows) {
        // gaps longer than a page, and columns that are set in every row
        for (int gap = random.nextInt(1 << random.nextInt(9)); gap > 1; gap--) {
          expected.add(null);
        }
        long value = random.nextLong();
        buffer.set(expected.size(), random.nextLong());
        buffer.set(expected.size(), value);
        expected.add(value);
      }
      for (int after = random.nextInt(100); after > 0; after--) {
        expected.add(null);
      }
      List<Long> found = new ArrayList<>();
      buffer.drain(
          expected.size(),
          new Cells() {
            @Override
            public void value(long value) {
              found.add(value);
            }

            @Override
            public void list(long[] values, int length) {
              throw new AssertionError("no list");
            }

            @Override
            public void absent() {
              found.add(null);
            }
          });
      assertEquals(expected, found, "seed " + seed);
    }
  }
}
