package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much and take little of it: answers go out piece by piece as they take. */
class SlowClientTest {
  private static final int ROWS = 10_000;
  private static final int SERIES = 110;
  private static final long PATIENCE_MILLIS = 60_000;

  private final MemorySource source = new MemorySource(ROWS);
  private final List<Socket> clients = new ArrayList<>();
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    double[] values = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = Math.sqrt(i + 2);
    }
    for (int id = 0; id < SERIES; id++) {
      source.put(Labels.of("__name__", "x", "id", "" + id), Samples.gauges(source.times(), values));
    }
    // answers of 16 MB may wait beside what is evaluated
    QueryLimits limits = new QueryLimits(4_000_000, 11_000, 200, 1 << 28, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    hangUp();
    server.close();
  }

  private void hangUp() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    clients.clear();
  }

  /** Asks and takes the first bytes of the answer. */
  private void ask(String query, String... more) throws IOException {
    Socket client = new Socket();
    clients.add(client);
    client.setReceiveBufferSize(4096);
    client.setSoTimeout((int) PATIENCE_MILLIS);
    client.connect(new InetSocketAddress("127.0.0.1", server.port()));
    String form =
        ApiServer.form("query", query, "start", "1000", "end", "10999", "step", "1")
            + (more.length == 0 ? "" : "&" + ApiServer.form(more));
    client
        .getOutputStream()
        .write(
            ("GET /api/v1/query_range?" + form + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    String begin = new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    assertEquals("HTTP/1.1 200", begin);
  }

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.currentTimeMillis() < end, what);
      Thread.sleep(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "arrow", "columnar"})
  void a_large_answer_keeps_its_turn_until_it_is_sent_or_its_client_has_gone(String format)
      throws Exception {
    String[] more = format.isEmpty() ? new String[0] : new String[] {"format", format};
    if (format.equals("columnar")) {
      // seven columns of doubles, where others hold a time and a value
      ask("x{id=~\"1?[0-9]\"}", more);
      await(() -> server.runner.sending() > 0, "nothing is being sent");
      ask("x{id=~\"1?[0-9]\"}", more);
    } else {
      ask("x", more);
    }
    assertEquals(1, server.runner.running());
    // the other turn is free
    assertTrue(server.get("/api/v1/query", "query", "count(x)").startsWith("200 "));
    hangUp();
    await(() -> server.runner.running() == 0, "the turn was not given back");
    await(() -> server.runner.sending() == 0, "the answer is still held");
  }

  @Test
  void answers_that_there_is_room_for_leave_their_turns_to_others() throws Exception {
    String some = "x{id=~\"[1-4].\"}";
    ask(some);
    await(() -> server.runner.running() == 0, "the turn was not given back");
    assertTrue(server.runner.sending() > 0);
    ask(some);
    await(() -> server.runner.running() == 0, "the turn was not given back");
    // the third has no room beside them
    ask(some);
    assertEquals(1, server.runner.running());
    hangUp();
    await(() -> server.runner.running() == 0, "the turn was not given back");
    await(() -> server.runner.sending() == 0, "the answer is still held");
  }

  @Test
  void a_picture_that_would_take_more_than_there_is_for_it_is_refused() throws Exception {
    String[] window = {"query", "x", "start", "1000", "end", "10999", "step", "1"};
    for (String form : new String[] {"display", "columnar"}) {
      List<String> all = new ArrayList<>(List.of(window));
      all.addAll(List.of("format", form, "points", "0"));
      String answer = server.get("/api/v1/query_range", all.toArray(String[]::new));
      assertTrue(answer.startsWith("422 ") && answer.contains("fewer points"), answer);
    }
    assertEquals(0, server.runner.running());
    assertEquals(0, server.runner.sending());
  }
}
