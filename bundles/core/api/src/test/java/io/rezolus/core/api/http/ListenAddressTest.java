package io.rezolus.core.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:0, 127.0.0.1:0",
    "[::1]:8080, [::1]:8080",
    "localhost:80, 127.0.0.1:80",
    "0.0.0.0:65535, 0.0.0.0:65535",
  })
  void understands_addresses(String text, String expected) {
    assertEquals(expected, ListenAddress.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8080", "host:80", "127.0.0.1", "127.0.0.1:65536", "1.2.3.999:1", "::1:80"})
  void refuses_what_is_no_address(String text) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text))
            .getMessage()
            .startsWith(text));
  }

  @ParameterizedTest
  @CsvSource({
    "my-host.lan:4241, my-host.lan:4241",
    "localhost:80, localhost:80",
    "0.0.0.0:4241, 0.0.0.0:4241",
    "[::]:4241, [::]:4241",
  })
  void keeps_a_name_where_names_are_allowed(String text, String expected) {
    assertEquals(expected, ListenAddress.parseNamed(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4241", ":4241", "host", "host:", "host:65536", "::1:80", "a b:80"})
  void refuses_what_is_neither_address_nor_name(String text) {
    assertThrows(IllegalArgumentException.class, () -> ListenAddress.parseNamed(text));
  }
}
