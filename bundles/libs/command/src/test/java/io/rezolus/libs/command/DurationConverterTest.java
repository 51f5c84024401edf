package io.rezolus.libs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
  private final DurationConverter converter = new DurationConverter();

  @Test
  void sums_numbers_with_units_of_any_spelling() {
    assertEquals(Duration.ofMillis(200), converter.convert("200ms"));
    assertEquals(Duration.ofSeconds(90), converter.convert("1m30s"));
    assertEquals(Duration.ofSeconds(90), converter.convert("90sec"));
    assertEquals(Duration.ofMinutes(5), converter.convert("5min"));
    assertEquals(Duration.ofHours(25), converter.convert("1 day 1hour"));
    assertEquals(Duration.ofDays(14), converter.convert("2weeks"));
    assertEquals(Duration.ofMillis(1), converter.convert("1000us"));
  }

  @Test
  void refuses_what_no_recording_can_be_stamped_with() {
    for (String text : new String[] {"0", "0s", "100us", "1500us", "1ns", "3651d"}) {
      String message =
          assertThrows(TypeConversionException.class, () -> converter.convert(text)).getMessage();
      assertEquals(text + ": expected whole milliseconds, between 1ms and 3650d", message);
    }
  }

  @Test
  void refuses_what_is_no_duration() {
    for (String text : new String[] {"", "s", "1", "1x", "-1s", "1.5s", "1s,"}) {
      String message =
          assertThrows(TypeConversionException.class, () -> converter.convert(text)).getMessage();
      assertTrue(message.startsWith(text + ": not a duration"), message);
    }
  }
}
