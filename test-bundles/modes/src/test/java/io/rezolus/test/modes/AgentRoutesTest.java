package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent answers over HTTP. */
class AgentRoutesTest {
  @TempDir static Path folder;
  private static RunningMode agent;
  private static String url;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    Path config = folder.resolve("agent.toml");
    // long enough for all that is asked here to share one reading
    Files.writeString(config, "[general]\nlisten = \"127.0.0.1:0\"\nttl = \"1h\"\n");
    agent = RunningMode.start(folder, "agent.toml");
    url = agent.url();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void each_route_has_its_type_and_answers_head_alike() throws Exception {
    for (String[] route :
        new String[][] {
          {"/", "text/plain;charset=utf-8"},
          {"/metrics/binary", "application/octet-stream"},
          {"/metrics/json", "application/json"},
          {"/metrics/descriptions", "application/json"},
          {"/systeminfo", "application/json"},
          {"/samplers", "application/json"},
          {"/status", "application/json"},
          {"/metrics/json?x=1", "application/json"}
        }) {
      HttpResponse<byte[]> answer = ask("GET", route[0]);
      assertEquals(200, answer.statusCode(), route[0]);
      assertEquals(route[1], header(answer, "content-type").replace(" ", ""), route[0]);
      assertEquals("accept-encoding", header(answer, "vary"), route[0]);
      HttpResponse<byte[]> head = ask("HEAD", route[0]);
      assertEquals(200, head.statusCode(), route[0]);
      assertEquals(header(answer, "content-type"), header(head, "content-type"), route[0]);
      assertEquals(0, head.body().length, route[0]);
    }
  }

  @Test
  void another_method_or_path_is_refused_without_a_body() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")) {
      HttpResponse<byte[]> answer = ask(method, "/metrics/json");
      assertEquals(405, answer.statusCode(), method);
      assertEquals("GET,HEAD", header(answer, "allow"), method);
      assertEquals(0, answer.body().length, method);
    }
    for (String path :
        List.of("/metrics", "/metrics/", "/metrics/json/", "/nothing", "/status/x")) {
      HttpResponse<byte[]> answer = ask("GET", path);
      assertEquals(404, answer.statusCode(), path);
      assertEquals(0, answer.body().length, path);
    }
  }

  @Test
  void what_is_no_proper_request_is_refused_in_one_line_of_text() throws Exception {
    ask("GET", "/status");
    String rest = " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n";
    for (String[] refused :
        new String[][] {
          {"hello\r\n\r\n", "400 Bad Request: No URI"},
          {"GET / HTTP/1.1\r\n\r\n", "400 Bad Request: No Host"},
          {"GET /%zz" + rest, "400 Bad Request"},
          {"GET /a/..%2f" + rest, "400 Bad Request: Ambiguous URI path separator"},
          {"GET /../x" + rest, "400 Bad Request"},
          {"GET /" + "x".repeat(20_000) + rest, "414 URI Too Long"},
          {
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
            "431 Request Header Fields Too Large"
          },
          {"GET / HTTP/7.0\r\nHost: localhost\r\n\r\n", "505 HTTP Version Not Supported"}
        }) {
      String answer = raw(refused[0]);
      String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
      String what = refused[0].substring(0, Math.min(30, refused[0].length())) + ": " + answer;
      assertEquals(refused[1] + "\n", answer.substring(head.length() + 4), what);
      assertTrue(head.contains("\r\ncontent-type: text/plain;charset=utf-8"), what);
      assertFalse(head.contains("\r\nserver:") || answer.contains("etty"), what);
    }
  }

  /** What comes in answer to some bytes until the connection is closed. */
  private static String raw(String request) throws Exception {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void the_body_is_compressed_as_the_client_prefers() throws Exception {
    byte[] plain = ask("GET", "/metrics/binary").body();
    for (String[] accepted :
        new String[][] {
          {"gzip", "gzip"},
          {"zstd", "zstd"},
          {"gzip, zstd", "zstd"},
          {"zstd;q=0.1, gzip;q=0.9", "gzip"},
          {"zstd;q=0, gzip", "gzip"},
          {"gzip;q=0", ""},
          {"br, deflate", ""},
          {"identity", ""},
          {";;,,", ""}
        }) {
      HttpResponse<byte[]> answer = ask("GET", "/metrics/binary", "Accept-Encoding", accepted[0]);
      assertEquals(accepted[1], header(answer, "content-encoding"), accepted[0]);
      if (accepted[1].equals("gzip")) {
        byte[] unpacked =
            new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertArrayEquals(plain, unpacked);
      } else if (accepted[1].isEmpty()) {
        assertArrayEquals(plain, answer.body());
      } else {
        assertTrue(answer.body().length < plain.length / 2, accepted[0]);
      }
    }
  }

  @Test
  void scrapes_at_the_same_time_share_one_reading() {
    List<CompletableFuture<HttpResponse<byte[]>>> scrapes = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/metrics/binary")).GET().build();
      scrapes.add(HTTP.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    byte[] first = scrapes.get(0).join().body();
    for (CompletableFuture<HttpResponse<byte[]>> scrape : scrapes) {
      assertArrayEquals(first, scrape.join().body());
    }
  }

  @Test
  void the_first_page_names_the_agent_as_readers_expect() throws Exception {
    String page = new String(ask("GET", "/").body(), StandardCharsets.UTF_8);
    assertTrue(page.matches("Rezolus \\d+\\.\\d+\\.\\d+ Agent\nFor information, see: .*\n"), page);
  }

  private static HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
