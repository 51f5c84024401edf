package io.rezolus.libs.histogram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramConfigTest {

  @ParameterizedTest
  @CsvSource({
    "3,64,496",
    "7,38,4096",
    "7,64,7424",
    "7,43,4736",
    "7,44,4864",
    "2,64,252",
    "1,64,128",
    "0,64,65",
    "7,31,3200",
    "7,37,3968",
    "14,64,835584",
    "7,15,1152",
    "7,8,256",
    "1,3,6",
    "2,4,12",
    "3,20,144"
  })
  void knows_its_number_of_buckets(int grouping, int max, int buckets) {
    assertEquals(buckets, new HistogramConfig(grouping, max).bucketCount());
  }

  @ParameterizedTest
  @CsvSource({
    "3,0,0,0,0",
    "3,15,15,15,15",
    "3,16,16,16,17",
    "3,17,16,16,17",
    "3,18,17,18,19",
    "3,1000,63,960,1023",
    "3,1000000,143,983040,1048575",
    "3,18446744073709551615,495,17293822569102704640,18446744073709551615",
    "7,256,256,256,257",
    "7,257,256,256,257",
    "7,258,257,258,259",
    "7,512,384,512,515",
    "7,1024,512,1024,1031"
  })
  void maps_values_to_buckets(int grouping, String value, int index, String lower, String upper) {
    HistogramConfig config = new HistogramConfig(grouping, 64);
    assertEquals(index, config.index(Long.parseUnsignedLong(value)));
    assertEquals(lower, Long.toUnsignedString(config.lower(index)));
    assertEquals(upper, Long.toUnsignedString(config.upper(index)));
  }

  @Test
  void puts_the_largest_value_into_the_last_bucket() {
    assertEquals(7423, new HistogramConfig(7, 64).index(-1L));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,64", "1,3", "2,4", "3,20", "3,64", "7,8", "7,38", "7,64", "10,63"})
  void covers_the_range_without_gaps_or_overlaps(int grouping, int max) {
    HistogramConfig config = new HistogramConfig(grouping, max);
    long next = 0;
    for (int i = 0; i < config.bucketCount(); i++) {
      assertEquals(next, config.lower(i));
      assertEquals(i, config.index(config.lower(i)));
      assertEquals(i, config.index(config.upper(i)));
      next = config.upper(i) + 1;
    }
    assertEquals(config.max(), next - 1);
  }

  @Test
  void derives_the_eight_wire_fields() {
    HistogramConfig config = new HistogramConfig(1, 3);
    assertEquals(7, config.max());
    assertEquals(2, config.cutoffPower());
    assertEquals(4, config.cutoffValue());
    assertEquals(4, config.lowerBinCount());
    assertEquals(2, config.upperBinDivisions());
    assertEquals(2, config.upperBinCount());
  }

  @ParameterizedTest
  @CsvSource({"3,3", "4,3", "3,65", "-1,10", "31,64", "30,64", "0,0"})
  void refuses_what_is_no_configuration(int grouping, int max) {
    assertFalse(HistogramConfig.isLegal(grouping, max));
    assertThrows(IllegalArgumentException.class, () -> new HistogramConfig(grouping, max));
  }

  @Test
  void refuses_a_value_beyond_its_range() {
    HistogramConfig config = new HistogramConfig(3, 20);
    assertThrows(IllegalArgumentException.class, () -> config.index(1L << 20));
  }
}
