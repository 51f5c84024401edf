package io.rezolus.core.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @Test
  void addresses_are_numeric_and_localhost_is_one() {
    assertEquals(new ListenAddress("127.0.0.1", 8080), ListenAddress.parse("localhost:8080"));
    assertEquals(new ListenAddress("::1", 0), ListenAddress.parse("[::1]:0"));
    assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse("my-host.lan:80"));
  }

  @Test
  void a_name_is_kept_where_names_are_allowed() {
    assertEquals(
        new ListenAddress("my-host.lan", 4241), ListenAddress.parseNamed("my-host.lan:4241"));
    assertEquals(new ListenAddress("0.0.0.0", 4241), ListenAddress.parseNamed("0.0.0.0:4241"));
    assertEquals(new ListenAddress("::", 4241), ListenAddress.parseNamed("[::]:4241"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4241", ":4241", "host", "host:", "host:65536", "::1:80", "a b:80", "-a:1"})
  void anything_else_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ListenAddress.parseNamed(text));
  }
}
