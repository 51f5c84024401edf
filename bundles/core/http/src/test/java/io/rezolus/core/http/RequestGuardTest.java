package io.rezolus.core.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private final RequestGuard local = new RequestGuard("127.0.0.1");

  @ParameterizedTest
  @ValueSource(strings = {"localhost:4241", "127.0.0.1:4241", "127.0.0.1", "[::1]:4241"})
  void answers_to_local_names(String host) {
    assertNull(local.refusal("GET", host, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rebound.example:4241", "rebound.example", "127.0.0.1.example"})
  void refuses_other_names_on_a_local_service(String host) {
    assertNotNull(local.refusal("GET", host, null));
  }

  @Test
  void answers_to_any_name_where_it_listens_to_others() {
    assertNull(new RequestGuard("0.0.0.0").refusal("GET", "host.example:4241", null));
    assertNull(new RequestGuard(null).refusal("GET", "host.example", null));
  }

  @Test
  void lets_only_its_own_pages_change_something() {
    assertNull(local.refusal("POST", "localhost:4241", "http://localhost:4241"));
    assertNull(local.refusal("POST", "localhost:4241", null));
    assertNotNull(local.refusal("POST", "localhost:4241", "http://localhost:8080"));
    assertNotNull(local.refusal("POST", "localhost:4241", "null"));
    assertNotNull(local.refusal("POST", "localhost:4241", "http://[broken"));
  }

  @Test
  void lets_any_page_read() {
    assertNull(local.refusal("GET", "localhost:4241", "http://other.example"));
  }
}
