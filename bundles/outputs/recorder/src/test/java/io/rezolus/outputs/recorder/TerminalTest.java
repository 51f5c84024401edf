package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of a command that are started at a terminal. */
@Timeout(600)
class TerminalTest {
  private static final String BASH = "/bin/bash";

  @TempDir Path dir;
  private SnapshotServer server;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Terminal.available(), "no script(1) of util-linux to make a terminal");
    server = new SnapshotServer(0, UnaryOperator.identity());
  }

  @AfterEach
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void the_command_reads_the_terminal() throws Exception {
    String script = "echo ready; read line; echo got-$line; exit 5";
    try (Terminal terminal = start(Map.of(), "", script)) {
      terminal.await("ready");
      terminal.type("hello\n");
      assertEquals(5, terminal.status(), terminal::shown);
      assertTrue(terminal.shown().contains("got-hello"), terminal::shown);
    }
    assertTrue(rows() >= 1);
  }

  @Test
  void the_command_gets_ctrl_c_and_the_recording_is_finished() throws Exception {
    String script = "trap \"exit 7\" INT; echo ready; while :; do sleep 0.1; done";
    try (Terminal terminal = start(Map.of(), "", script)) {
      terminal.await("ready");
      terminal.type("\u0003");
      assertEquals(7, terminal.status(), terminal::shown);
    }
    assertTrue(rows() >= 1);
  }

  @Test
  void in_the_background_of_a_shell_it_records_and_takes_no_input_away() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(BASH)), "no bash to be interactive");
    String script = "read line; echo got-$line; exit 3";
    Path run = Files.writeString(dir.resolve("run"), line("", script) + " &\n");
    try (Terminal terminal = Terminal.start(BASH + " --norc --noprofile -i", Map.of())) {
      terminal.type(". " + run + "\nwait %1; echo status=$?=\n");
      terminal.await("status=3=");
      assertTrue(terminal.shown().contains("got-\r\n"), terminal::shown);
      assertFalse(terminal.shown().contains("Stopped"), terminal::shown);
      terminal.type("exit\n");
      terminal.status();
    }
    assertTrue(rows() >= 1);
  }

  @Test
  void the_time_of_a_command_ends_however_slow_its_shell_is() throws Exception {
    Path pid = dir.resolve("pid");
    // it forks the command before its time is over, or would long afterwards
    for (String wait : new String[] {"0.7", "1000"}) {
      Path folder = Files.createDirectories(dir.resolve("bin"));
      Path shell = folder.resolve("sh");
      Files.deleteIfExists(shell);
      Files.writeString(shell, "#!/bin/sh\nsleep " + wait + "\nexec /bin/sh \"$@\"\n");
      Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
      Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
      String script = "echo $$ > " + pid + "; sleep 100000";
      try (Terminal terminal = start(path, "-d 3s", script)) {
        assertEquals(124, terminal.status(), terminal::shown);
      }
      if (Files.exists(pid)) {
        assertFalse(running(Files.readString(pid).strip()), "the command still runs");
        Files.delete(pid);
      }
    }
  }

  private static boolean running(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException e) {
      return false;
    }
  }

  private Terminal start(Map<String, String> environment, String options, String script)
      throws IOException {
    return Terminal.start("exec " + line(options, script), environment);
  }

  /** What a shell has to run; the script must not hold a single quote. */
  private String line(String options, String script) {
    StringBuilder line = new StringBuilder();
    for (String word : RecordProcess.line("--url", "localhost:" + server.port(), "-o", output())) {
      line.append('\'').append(word).append("' ");
    }
    return line + "-i 100ms " + options + " -- /bin/sh -c '" + script + "'";
  }

  private Path output() {
    return dir.resolve("out.parquet");
  }

  private long rows() throws IOException {
    return ParquetRecording.open(output()).table().rows();
  }
}
