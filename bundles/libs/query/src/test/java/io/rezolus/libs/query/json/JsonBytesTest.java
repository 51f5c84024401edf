package io.rezolus.libs.query.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBytesTest {
  private interface Writing {
    void to(JsonBytes json) throws IOException;
  }

  private static String text(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(bytes);
    writing.to(json);
    json.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "100, 100",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "1e-6, 0.000001",
    "9.5e-7, 9.5e-07",
    "1e-100, 1e-100",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2e-323, 2e-323",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "9007199254740993, 9007199254740992",
    "123456.789, 123456.789",
    "0.3333333333333333, 0.3333333333333333",
    "2.0000000000000004, 2.0000000000000004",
    "4.8726570057e288, 4.8726570057e+288",
    "18446744073709552000, 18446744073709552000",
  })
  void writes_numbers_as_go_does(double value, String expected) throws IOException {
    assertEquals(expected, text(json -> json.decimal(value)));
  }

  @Test
  void every_number_reads_back_as_itself_and_is_never_longer_than_javas() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 300_000; i++) {
      double value =
          i % 3 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : i % 3 == 1 ? random.nextDouble() * 1e9 : random.nextInt(1_000_000) / 1000.0;
      if (!Double.isFinite(value)) {
        continue;
      }
      String text = text(json -> json.decimal(value));
      assertEquals(value, Double.parseDouble(text), text);
      assertTrue(digits(text) <= digits(Double.toString(value)), text);
    }
  }

  /** Number of significant digits. */
  private static int digits(String number) {
    String mantissa = number.replaceAll("[eE].*", "").replaceAll("[-.]", "");
    return mantissa.replaceAll("^0+", "").replaceAll("0+$", "").length();
  }

  @Test
  void all_powers_of_two_and_their_neighbours_read_back() throws IOException {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double power = Math.scalb(1.0, exponent);
      for (double value : new double[] {power, Math.nextUp(power), Math.nextDown(power)}) {
        assertEquals(value, Double.parseDouble(text(json -> json.decimal(value))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1435781430000000000, 1435781430",
    "1435781430781000000, 1435781430.781",
    "1435781430100000000, 1435781430.100",
    "1435781430000100000, 1435781430.000100",
    "1435781430000000001, 1435781430.000000001",
    "-1500000000, -1.5",
    "-2000000000, -2",
  })
  void writes_times_in_seconds(long nanos, String expected) throws IOException {
    assertEquals(expected, text(json -> json.time(nanos)));
  }

  @Test
  void escapes_what_json_does_not_allow_in_texts() throws IOException {
    assertEquals(
        "\"a\\\"\\\\\\n\\u0001\u00e9\ud83d\ude00\"",
        text(json -> json.string("a\"\\\n\u0001\u00e9\ud83d\ude00")));
  }

  @Test
  void writes_more_than_its_buffer_holds() throws IOException {
    String large = "x".repeat(200_000);
    assertEquals("\"" + large + "\"1", text(json -> json.string(large).number(1L)));
  }
}
