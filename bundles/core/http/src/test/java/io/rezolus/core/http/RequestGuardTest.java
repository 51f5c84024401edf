package io.rezolus.core.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private static final String LOOPBACK = "127.0.0.1";

  private final RequestGuard guard = new RequestGuard("web1");

  @ParameterizedTest
  @ValueSource(strings = {"localhost:4241", "127.0.0.1:4241", "127.0.0.1", "[::1]:4241"})
  void answers_to_local_names(String host) {
    assertNull(guard.refusal("GET", LOOPBACK, host, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rebound.example:4241", "rebound.example", "127.0.0.1.example"})
  void refuses_other_names_at_a_local_address(String host) {
    assertNotNull(guard.refusal("GET", LOOPBACK, host, null));
  }

  @Test
  void answers_to_any_name_where_others_can_reach_it() {
    assertNull(guard.refusal("GET", "192.0.2.7", "host.example:4241", null));
    assertNull(guard.refusal("GET", "2001:db8::7", "host.example", null));
  }

  @Test
  void answers_to_the_name_of_this_host() {
    assertNull(guard.refusal("GET", "127.0.1.1", "web1:4241", null));
    assertNotNull(guard.refusal("GET", "127.0.1.1", "web2:4241", null));
    assertNotNull(guard.refusal("GET", "0:0:0:0:0:0:0:1", "web2:4241", null));
  }

  @Test
  void lets_only_its_own_pages_change_something() {
    assertNull(guard.refusal("POST", LOOPBACK, "localhost:4241", "http://localhost:4241"));
    assertNull(guard.refusal("POST", LOOPBACK, "localhost:4241", null));
    assertNotNull(guard.refusal("POST", LOOPBACK, "localhost:4241", "http://localhost:8080"));
    assertNotNull(guard.refusal("POST", LOOPBACK, "localhost:4241", "null"));
    assertNotNull(guard.refusal("POST", LOOPBACK, "localhost:4241", "http://[broken"));
  }

  @Test
  void lets_any_page_read() {
    assertNull(guard.refusal("GET", LOOPBACK, "localhost:4241", "http://other.example"));
  }
}
