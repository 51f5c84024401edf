package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask an agent something, where what answers is none. */
class AskedAgentTest {
  private static final String HEADER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  @TempDir Path folder;

  @Test
  void an_answer_that_never_comes_is_not_waited_for() throws Exception {
    try (ServerSocket silent =
        serve(out -> out.write(bytes(HEADER + "Content-Length: 99\r\n\r\n")))) {
      for (String command : List.of("status", "samplers")) {
        RunningMode.Outcome outcome = ask(command, silent);
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().endsWith(": no answer within 5 s\n"), outcome.err());
      }
    }
  }

  @Test
  void an_endless_answer_is_cut_off() throws Exception {
    byte[] part = bytes("x".repeat(1 << 16));
    try (ServerSocket endless =
        serve(
            out -> {
              out.write(bytes(HEADER + "\r\n"));
              while (true) {
                out.write(part);
              }
            })) {
      RunningMode.Outcome outcome = ask("status", endless);
      assertEquals(1, outcome.status(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void no_file_is_removed_for_a_socket_in_its_place() throws Exception {
    Path file = Files.writeString(folder.resolve("precious"), "data");
    Files.writeString(folder.resolve("agent.toml"), "[general]\nlisten = \"127.0.0.1:0\"\n");
    try (RunningMode agent =
        RunningMode.start(folder, Map.of("REZOLUS_SHELL_SOCKET", file.toString()), "agent.toml")) {
      agent.await(file + ": is not a socket; REZOLUS_SHELL_SOCKET names another place");
      agent.url();
      agent.signal("TERM");
      assertEquals(0, agent.end().status());
    }
    assertEquals("data", Files.readString(file));
  }

  @Test
  void an_edit_of_the_log_level_is_said_to_wait() throws Exception {
    Path config =
        Files.writeString(folder.resolve("agent.toml"), "[general]\nlisten = \"127.0.0.1:0\"\n");
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      agent.url();
      Files.writeString(config, Files.readString(config) + "[log]\nlevel = \"debug\"\n");
      agent.await("agent.toml: log.level takes effect at the next start");
      agent.signal("TERM");
      assertEquals(0, agent.end().status());
    }
  }

  @Test
  void a_debug_log_has_no_lines_for_each_request() throws Exception {
    Files.writeString(
        folder.resolve("agent.toml"),
        "log.level = \"debug\"\n[general]\nlisten = \"127.0.0.1:0\"\n");
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      String url = agent.url();
      for (int i = 0; i < 20; i++) {
        agent.get(url + "/metrics/binary");
      }
      agent.signal("TERM");
      String said = agent.end().err();
      assertTrue(said.contains(" DEBUG "), said);
      assertFalse(said.contains("DEBUG HttpChannel"), said);
      assertFalse(said.contains("DEBUG ManagedSelector"), said);
    }
  }

  @Test
  void the_shell_of_another_user_is_called_so() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root to be another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    assumeTrue(
        new ProcessBuilder(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--",
                    "test",
                    "-r",
                    Path.of(System.getProperty("rezolus.distribution"), "lib/version").toString())
                .start()
                .waitFor()
            == 0,
        "the distribution is not readable by other users");
    Files.writeString(folder.resolve("agent.toml"), "[general]\nlisten = \"127.0.0.1:0\"\n");
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      agent.url();
      try (RunningMode shell =
          RunningMode.start(nobody, folder, Map.of(), "shell", "rezolus:samplers")) {
        RunningMode.Outcome outcome = shell.end();
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(": belongs to another user; run as "), outcome.err());
      }
    }
  }

  private RunningMode.Outcome ask(String command, ServerSocket server) throws Exception {
    return RunningMode.run(folder, command, "127.0.0.1:" + server.getLocalPort());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private interface Answer {
    void write(OutputStream out) throws IOException;
  }

  /** Answers every connection and keeps it open. */
  private static ServerSocket serve(Answer answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              // one that nobody refers to is closed when memory is collected
              List<Socket> open = new ArrayList<>();
              while (!server.isClosed()) {
                try {
                  Socket client = server.accept();
                  open.add(client);
                  answer.write(client.getOutputStream());
                } catch (IOException e) {
                  // the client has left, or the test has ended
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
