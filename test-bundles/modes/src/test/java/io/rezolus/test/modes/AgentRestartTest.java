package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who scrape an agent see while it starts, moves and stops: whole answers or nobody. */
class AgentRestartTest {
  private static final List<String> ROUTES =
      List.of("/metrics/json", "/status", "/samplers", "/metrics/binary");

  @TempDir Path folder;
  private int port;

  @BeforeEach
  void configuration() throws Exception {
    port = freePort();
    configure(port);
  }

  @Test
  void nobody_is_answered_before_every_sampler_is_there() throws Exception {
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      long end = System.currentTimeMillis() + 180_000;
      int answers = 0;
      int groups = 0;
      for (int i = 0; answers < 100; i++) {
        assertTrue(System.currentTimeMillis() < end, "never answers");
        String answer = ask(port, ROUTES.get(i % ROUTES.size()));
        if (answer == null) {
          assertEquals(0, answers, "was there and is gone");
          continue;
        }
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        answers++;
        if (i % ROUTES.size() == 0) {
          int now = body(answer).getAsJsonObject().getAsJsonArray("groups").size();
          assertTrue(groups == 0 || groups == now, groups + " groups, then " + now);
          groups = now;
        } else if (i % ROUTES.size() == 1) {
          assertEquals(
              Set.of("active"), states(body(answer).getAsJsonObject().getAsJsonArray("samplers")));
        } else if (i % ROUTES.size() == 2) {
          assertEquals(Set.of("active"), states(body(answer).getAsJsonArray()));
        }
      }
      assertNotEquals(0, groups);
      agent.signal("TERM");
      RunningMode.Outcome outcome = agent.end();
      assertEquals(0, outcome.status(), outcome.err());
      assertFalse(outcome.err().contains("failed"), outcome.err());
    }
  }

  @Test
  void a_stop_under_load_cuts_no_answer_short() throws Exception {
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      agent.url();
      int groups = groups(ask(port, "/metrics/json"));
      Queue<String> wrong = new ConcurrentLinkedQueue<>();
      List<Thread> clients =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> {
                            boolean gone = false;
                            while (!gone) {
                              String answer = ask(port, "/metrics/json");
                              gone = answer == null;
                              if (!gone && groups(answer) != groups) {
                                wrong.add(answer);
                              }
                            }
                          }))
              .toList();
      clients.forEach(Thread::start);
      Thread.sleep(300);
      agent.signal("TERM");
      for (Thread client : clients) {
        client.join();
      }
      while (agent.isAlive()) {
        String answer = ask(port, "/status");
        assertEquals(null, answer, "gone, and answers again");
      }
      assertEquals(List.of(), List.copyOf(wrong));
      assertEquals(0, agent.end().status());
    }
  }

  @Test
  void an_agent_moves_when_the_new_address_can_be_had() throws Exception {
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      agent.url();
      int other;
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        other = taken.getLocalPort();
        configure(other);
        String said = agent.await("it stays at 127.0.0.1:" + port);
        assertTrue(said.contains("127.0.0.1:" + other + ": cannot listen here: "), said);
        RunningMode.Outcome status = RunningMode.run(folder, "status", "127.0.0.1:" + port);
        assertTrue(status.out().contains("configuration: 127.0.0.1:" + other), status.out());
      }
      agent.await("listening on http://127.0.0.1:" + other);
      assertTrue(ask(other, "/status").startsWith("HTTP/1.1 200 "));
      assertEquals(null, ask(port, "/status"));
      agent.signal("INT");
      assertEquals(0, agent.end().status());
    }
  }

  @Test
  void an_address_of_another_host_is_called_so() throws Exception {
    Files.writeString(folder.resolve("agent.toml"), "[general]\nlisten = \"192.0.2.1:4241\"\n");
    RunningMode.Outcome outcome = RunningMode.run(folder, "agent.toml");
    assertEquals(1, outcome.status());
    assertEquals(
        "rezolus: 192.0.2.1:4241: cannot listen here: this host has no such address; choose one of"
            + " its own as general.listen\n",
        outcome.err());
  }

  private void configure(int wanted) throws IOException {
    Files.writeString(
        folder.resolve("agent.toml"), "[general]\nlisten = \"127.0.0.1:" + wanted + "\"\n");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The whole answer; null where nobody takes the connection, or closes it without a word. */
  private static String ask(int port, String route) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + route + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(answer);
    } catch (IOException e) {
      assertEquals(0, answer.size(), "cut off");
    }
    return answer.size() == 0 ? null : answer.toString(StandardCharsets.ISO_8859_1);
  }

  private static int groups(String answer) {
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      return -1;
    }
    return body(answer).getAsJsonObject().getAsJsonArray("groups").size();
  }

  private static JsonElement body(String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    String body = parts[1];
    if (parts[0].toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
      StringBuilder whole = new StringBuilder();
      String rest = body;
      for (int length = -1; length != 0; ) {
        int line = rest.indexOf("\r\n");
        length = Integer.parseInt(rest.substring(0, line).strip(), 16);
        whole.append(rest, line + 2, line + 2 + length);
        rest = rest.substring(line + 2 + length + 2);
      }
      body = whole.toString();
    }
    return JsonParser.parseString(body);
  }

  private static Set<String> states(JsonArray samplers) {
    Set<String> states = new TreeSet<>();
    for (JsonElement each : samplers) {
      JsonObject sampler = each.getAsJsonObject();
      states.add(sampler.get("state").getAsString());
    }
    return states;
  }
}
