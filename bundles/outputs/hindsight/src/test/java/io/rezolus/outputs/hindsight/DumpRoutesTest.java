package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered over HTTP. */
class DumpRoutesTest {
  @TempDir Path dir;
  private final Routes routes = new Routes();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();
  private BufferPlace place;
  private Buffer buffer;
  private Captures captures;

  @BeforeEach
  void serve() throws Exception {
    place = BufferPlace.take(output());
    buffer = Buffer.open(place, Duration.ofHours(1), 900);
    captures = new Captures(buffer, place, output());
    routes.open(new Hindsight(config(), buffer, captures));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new DumpServlet(routes)), "/dump");
    context.addServlet(new ServletHolder(new DumpFileServlet(routes)), "/dump/file");
    context.addServlet(new ServletHolder(new StatusServlet(routes)), "/status");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.stop();
    captures.close();
    buffer.close();
    place.close();
  }

  @Test
  void a_copy_is_an_archive_that_is_sent_as_it_is_read() throws Exception {
    fill(40);
    HttpResponse<byte[]> answer = send("GET", "/dump");
    assertEquals(200, answer.statusCode());
    assertEquals("application/octet-stream", header(answer, "Content-Type"));
    assertEquals("attachment; filename=\"dump.rez\"", header(answer, "Content-Disposition"));
    assertEquals("chunked", header(answer, "Transfer-Encoding"));
    Path copy = Files.write(dir.resolve("copy.rez"), answer.body());
    assertEquals(40, RezCatalog.read(copy).rows());
    assertTrue(RezCatalog.read(copy).recordings().get(0).complete());
    assertEquals(List.of(), copies());
    assertFalse(Files.exists(output()));
  }

  @Test
  void a_time_of_which_nothing_is_kept_is_not_found_and_the_output_stays() throws Exception {
    Files.writeString(output(), "earlier");
    for (int readings : new int[] {0, 5}) {
      if (readings > 0) {
        fill(readings);
      }
      assertEquals(404, send("GET", "/dump?start=5&end=9").statusCode());
      HttpResponse<byte[]> answer = send("POST", "/dump/file?start=5&end=9");
      assertEquals(404, answer.statusCode());
      assertTrue(json(answer).has("error"));
      assertEquals("earlier", Files.readString(output()));
      assertEquals(404, send("HEAD", "/dump?start=5&end=9").statusCode());
    }
    assertEquals(List.of(), copies());
  }

  @Test
  void a_parameter_that_is_wrong_is_said() throws Exception {
    fill(2);
    for (String wrong :
        new String[] {"last=soon", "start=2023-11-14", "start=9&end=5", "end=-1", "last=0s1"}) {
      HttpResponse<byte[]> answer = send("GET", "/dump?" + wrong);
      assertEquals(400, answer.statusCode(), wrong);
      assertFalse(new String(answer.body()).isBlank());
      answer = send("POST", "/dump/file?" + wrong);
      assertEquals(400, answer.statusCode(), wrong);
      assertEquals("", json(answer).get("path").getAsString());
      assertEquals(400, send("HEAD", "/dump?" + wrong).statusCode(), wrong);
    }
    assertEquals(200, send("GET", "/dump?unknown=1").statusCode());
  }

  @Test
  void a_capture_says_what_is_in_it() throws Exception {
    fill(7);
    HttpResponse<byte[]> answer = send("POST", "/dump/file?last=1h");
    assertEquals(200, answer.statusCode());
    assertEquals(7, json(answer).get("rows").getAsInt());
    assertEquals(7, RezCatalog.read(output()).rows());
  }

  @Test
  void a_head_makes_no_copy_and_too_many_copies_at_a_time_are_refused() throws Exception {
    fill(3);
    while (captures.claim()) {
      assertEquals(200, send("HEAD", "/dump").statusCode());
    }
    HttpResponse<byte[]> head = send("HEAD", "/dump");
    assertEquals(200, head.statusCode());
    assertTrue(head.headers().firstValue("Content-Length").isEmpty());
    HttpResponse<byte[]> answer = send("GET", "/dump");
    assertEquals(503, answer.statusCode());
    assertEquals("5", header(answer, "Retry-After"));
    captures.release();
    assertEquals(200, send("GET", "/dump").statusCode());
    assertEquals(200, send("GET", "/dump").statusCode());
    captures.release();
  }

  @Test
  void the_status_counts_what_could_not_be_stored() throws Exception {
    assertEquals(0, json(send("GET", "/status")).get("rows").getAsInt());
    fill(3);
    JsonObject status = json(send("GET", "/status"));
    assertEquals(3, status.get("rows").getAsInt());
    assertEquals(0, status.get("failed_writes").getAsInt());
  }

  @Test
  void routes_answer_when_nothing_is_running() throws Exception {
    routes.close();
    assertEquals(503, send("GET", "/dump").statusCode());
    assertEquals(503, send("HEAD", "/dump").statusCode());
    assertEquals(503, send("POST", "/dump/file").statusCode());
    assertEquals(503, send("GET", "/status").statusCode());
  }

  private void fill(int readings) throws IOException {
    buffer.begin(new Origin(Map.of("source", "rezolus"), Map.of()));
    for (int i = 1; i <= readings; i++) {
      buffer.append(new DecodedSnapshot(3, SnapshotServer.snapshot(i), List.of()));
    }
    buffer.status();
  }

  private HttpResponse<byte[]> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static JsonObject json(HttpResponse<byte[]> answer) {
    return JsonParser.parseString(new String(answer.body())).getAsJsonObject();
  }

  private List<Path> copies() throws IOException {
    try (var files = Files.list(place.buffer().getParent())) {
      return files.filter(file -> file.toString().contains("dump")).toList();
    }
  }

  private HindsightConfig config() {
    return new HindsightConfig(
        Duration.ofSeconds(1),
        Duration.ofHours(1),
        Endpoint.parse("127.0.0.1:1"),
        output(),
        null,
        900,
        List.of());
  }

  private Path output() {
    return dir.resolve("out.rez");
  }
}
