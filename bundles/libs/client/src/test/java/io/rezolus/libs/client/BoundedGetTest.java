package io.rezolus.libs.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.test.agent.RawServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BoundedGetTest {
  private static final Duration PLENTY = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(500);

  private final BoundedGet http = new BoundedGet();

  @Test
  void returns_the_body_of_an_answer() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    try (RawServer server = RawServer.answering(answer)) {
      byte[] body = http.get(uri(server), PLENTY);
      assertEquals("hello", new String(body, StandardCharsets.UTF_8));
    }
  }

  @Test
  void gives_up_where_nobody_may_connect() throws Exception {
    givesUp(RawServer.full());
  }

  @Test
  void gives_up_where_nothing_is_said() throws Exception {
    givesUp(RawServer.silentAfter(""));
  }

  @Test
  void gives_up_on_a_header_that_never_ends() throws Exception {
    givesUp(RawServer.endless("HTTP/1.1 200 OK\r\n", "X: y\r\n", 20));
  }

  @Test
  void gives_up_on_a_status_line_that_never_ends() throws Exception {
    givesUp(RawServer.endless("HTTP/1.1 200 ", "O", 20));
  }

  @Test
  void gives_up_on_a_body_that_stalls() throws Exception {
    givesUp(RawServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
    givesUp(RawServer.silentAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\na"));
  }

  @Test
  void gives_up_on_a_body_that_never_ends() throws Exception {
    givesUp(RawServer.endless("HTTP/1.1 200 OK\r\n\r\n", "x", 20));
  }

  @Test
  void refuses_a_header_without_bounds() throws IOException {
    String line = "X: " + "y".repeat(1000) + "\r\n";
    try (RawServer server = RawServer.endless("HTTP/1.1 200 OK\r\n", line, 0)) {
      assertTrue(trouble(uri(server)).startsWith("answers, but not with proper HTTP: header size"));
    }
  }

  @Test
  void a_cancel_ends_it_at_once_and_for_good() throws Exception {
    try (RawServer server = RawServer.silentAfter("")) {
      Thread canceller =
          new Thread(
              () -> {
                while (server.connections() == 0) {
                  Thread.onSpinWait();
                }
                http.cancel();
              });
      canceller.start();
      assertEquals("cancelled", trouble(uri(server)));
      assertEquals("cancelled", trouble(uri(server)));
      canceller.join();
      assertEquals(1, server.connections());
    }
  }

  @Test
  void says_that_a_host_name_cannot_be_resolved() {
    String trouble = trouble(URI.create("http://no-such-host.invalid:4241/"));
    assertEquals("the host name cannot be resolved; check how it is spelled", trouble);
  }

  @Test
  void says_that_nobody_listens() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    assertEquals("connection refused", trouble(URI.create("http://127.0.0.1:" + port + "/")));
  }

  @Test
  void says_that_a_connection_was_reset() throws IOException {
    try (RawServer server =
        RawServer.each(
            socket -> {
              RawServer.request(socket);
              socket.setSoLinger(true, 0);
            })) {
      assertEquals("connection reset", trouble(uri(server)));
    }
  }

  @Test
  void says_that_an_answer_is_cut_off() throws IOException {
    for (String answer :
        new String[] {
          "",
          "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nabc"
        }) {
      try (RawServer server = RawServer.answering(answer)) {
        assertEquals(Trouble.CUT_OFF, trouble(uri(server)), answer);
      }
    }
  }

  @Test
  void says_that_it_is_not_http() throws IOException {
    try (RawServer server = RawServer.silentAfter("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")) {
      assertEquals("answers, but not with HTTP", trouble(uri(server)));
      String https = "https://127.0.0.1:" + server.port() + "/";
      assertTrue(trouble(URI.create(https)).startsWith("no TLS connection: "));
    }
  }

  @Test
  void says_what_an_answer_without_a_body_was() throws IOException {
    try (RawServer server =
        RawServer.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
      assertEquals("HTTP status 404", trouble(uri(server)));
    }
  }

  private String trouble(URI uri) {
    return assertThrows(IOException.class, () -> http.get(uri, PLENTY)).getMessage();
  }

  /** Expects the bound to be kept, and nothing to be left of the request. */
  private void givesUp(RawServer server) throws Exception {
    try (server) {
      IOException trouble =
          assertThrows(IOException.class, () -> http.get(uri(server), SHORT), "no answer");
      assertInstanceOf(SocketTimeoutException.class, trouble);
      assertEquals("no answer within 500 ms", trouble.getMessage());
      while (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().startsWith("rezolus-get"))) {
        Thread.sleep(10);
      }
    }
  }

  private static URI uri(RawServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }
}
