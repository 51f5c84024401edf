package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each mode ends by itself and by signals, and with which status. */
class EndingTest {
  @TempDir Path folder;

  @Test
  void the_first_signal_ends_a_recording_whatever_its_interval() throws Exception {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      for (String output : List.of("run.parquet", "run.rez", "run.raw")) {
        String name = signal + "-" + output;
        try (SnapshotServer agent = new SnapshotServer(0, body -> body);
            RunningMode record = record(agent, name, "-i", "100ms")) {
          agent.awaitServed(5);
          record.signal(signal);
          RunningMode.Outcome outcome = record.end();
          assertEquals(0, outcome.status(), name + outcome.err());
          assertEquals("", outcome.out());
        }
        assertTrue(Files.size(folder.resolve(name)) > 0, name);
        assertFalse(Files.exists(folder.resolve(name + ".spool")), name);
      }
    }
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode record = record(agent, "long.parquet", "-i", "1h", "-v")) {
      agent.awaitServed(1);
      record.signal("TERM");
      RunningMode.Outcome outcome = record.end();
      // the agent was asked whether it is there; no sample was due
      assertEquals(1, outcome.status(), outcome.err());
      assertFalse(Files.exists(folder.resolve("long.parquet")));
    }
  }

  @Test
  void a_hangup_that_the_shell_ignores_is_ignored() throws Exception {
    List<String> deaf = List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode record =
            RunningMode.start(
                deaf,
                folder,
                Map.of(),
                "record",
                "--url",
                "127.0.0.1:" + agent.port(),
                "-i",
                "100ms",
                "-o",
                "n.rez")) {
      agent.awaitServed(5);
      record.signal("HUP");
      agent.awaitServed(agent.served() + 5);
      record.signal("TERM");
      RunningMode.Outcome outcome = record.end();
      assertEquals(0, outcome.status(), outcome.err());
    }
  }

  @Test
  void a_wrapped_command_hands_on_how_it_ended() throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      assertEquals(0, wrapped(agent, "true.parquet", "true").status());
      assertEquals(3, wrapped(agent, "three.parquet", "sh", "-c", "exit 3").status());
      assertEquals(128 + 9, wrapped(agent, "nine.rez", "sh", "-c", "kill -9 $$").status());
      RunningMode.Outcome capped =
          RunningMode.run(
              folder,
              "record",
              "--url",
              "127.0.0.1:" + agent.port(),
              "-i",
              "100ms",
              "-d",
              "500ms",
              "-o",
              "capped.rez",
              "--",
              "sleep",
              "200");
      assertEquals(124, capped.status(), capped.err());
      RunningMode.Outcome none = wrapped(agent, "none.rez", "/no/such/command");
      assertEquals(1, none.status(), none.err());
      assertFalse(Files.exists(folder.resolve("none.rez")));
      for (String file : List.of("true.parquet", "three.parquet", "nine.rez", "capped.rez")) {
        assertTrue(Files.size(folder.resolve(file)) > 0, file);
      }
    }
  }

  @Test
  void signals_end_a_wrapped_command_with_all_it_forked() throws Exception {
    for (int signals : new int[] {1, 2}) {
      Path pid = folder.resolve("pid" + signals);
      try (SnapshotServer agent = new SnapshotServer(0, body -> body);
          RunningMode record =
              record(
                  agent,
                  signals + ".parquet",
                  "-i",
                  "100ms",
                  "--",
                  "sh",
                  "-c",
                  // deaf to the first signal where there are two
                  (signals == 2 ? "trap '' TERM; " : "")
                      + "sleep 200 & echo $! > "
                      + pid
                      + ".new; mv "
                      + pid
                      + ".new "
                      + pid
                      + "; wait")) {
        while (!Files.exists(pid)) {
          Thread.sleep(20);
        }
        agent.awaitServed(agent.served() + 3);
        record.signal("TERM");
        if (signals == 2) {
          Thread.sleep(200);
          record.signal("TERM");
        }
        RunningMode.Outcome outcome = record.end();
        assertEquals(signals == 2 ? 2 : 143, outcome.status(), outcome.err());
        long forked = Long.parseLong(Files.readString(pid).strip());
        await(() -> !runs(forked));
      }
    }
    assertTrue(Files.exists(folder.resolve("1.parquet")));
    // what was not finished is still there to be converted
    assertEquals(List.of("2.parquet.spool"), files("2.parquet"));
  }

  @Test
  void a_recording_without_any_sample_is_a_failure_and_no_file() throws Exception {
    for (String output : List.of("none.parquet", "none.rez", "none.raw")) {
      RunningMode.Outcome outcome =
          RunningMode.run(folder, "record", "--url", "127.0.0.1:1", "-d", "1s", "-o", output);
      assertEquals(1, outcome.status(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertEquals(List.of(), files("none"));
    }
  }

  @Test
  void hindsight_ends_before_and_after_its_agent_is_there() throws Exception {
    for (String signal : List.of("INT", "TERM")) {
      Path output = folder.resolve(signal + ".rez");
      try (RunningMode waiting = RunningMode.hindsight(folder, 1, output)) {
        waiting.await("waiting for the agent");
        waiting.signal(signal);
        assertEquals(0, waiting.end().status());
      }
      try (SnapshotServer agent = new SnapshotServer(0, body -> body);
          RunningMode running = RunningMode.hindsight(folder, agent.port(), output)) {
        running.await("buffering");
        agent.awaitServed(8);
        running.signal(signal);
        assertEquals(0, running.end().status());
      }
      // nobody asked for a copy, and the buffer is of no further use
      assertEquals(List.of(), files(signal + ".rez"));
      assertFalse(Files.exists(folder.resolve("." + signal + ".rez.hindsight")));
    }
  }

  @Test
  void what_a_killed_process_leaves_goes_with_the_next_one() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Map<String, String> environment =
        Map.of("REZOLUS_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Path raw = Files.write(folder.resolve("small.raw"), SnapshotServer.encode(1));
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode killed =
            RunningMode.start(
                folder,
                environment,
                "record",
                "--url",
                "http://127.0.0.1:" + agent.port(),
                "-o",
                "killed.raw")) {
      agent.awaitServed(2);
      try (RunningMode other =
          RunningMode.start(folder, environment, "query", raw.toString(), "1")) {
        RunningMode.Outcome outcome = other.end();
        assertEquals(0, outcome.status(), outcome.err());
      }
      assertEquals(1, temporary.toFile().list().length, "that of a process that lives stays");
      killed.signal("KILL");
      killed.end();
    }
    assertEquals(1, temporary.toFile().list().length);
    try (RunningMode other = RunningMode.start(folder, environment, "query", raw.toString(), "1")) {
      RunningMode.Outcome outcome = other.end();
      assertEquals(0, outcome.status(), outcome.err());
    }
    assertEquals(0, temporary.toFile().list().length);
  }

  @Test
  void a_tool_that_is_interrupted_leaves_nothing() throws Exception {
    Path raw = folder.resolve("big.raw");
    byte[] snapshot = SnapshotServer.encode(1);
    try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(raw))) {
      for (int i = 0; i < 60_000; i++) {
        out.write(snapshot);
      }
    }
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Map<String, String> environment =
        Map.of("REZOLUS_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    for (String signal : List.of("INT", "TERM")) {
      for (List<String> words :
          List.of(
              List.of("recording", "convert", raw.toString(), "-o", "big.parquet"),
              List.of("recording", "export", raw.toString(), "--to", "csv", "-o", "big.csv"))) {
        try (RunningMode tool =
            RunningMode.start(folder, environment, words.toArray(String[]::new))) {
          await(() -> !files(".big").isEmpty());
          tool.signal(signal);
          RunningMode.Outcome outcome = tool.end();
          assertEquals(signal.equals("INT") ? 130 : 143, outcome.status(), outcome.err());
          assertFalse(outcome.err().contains("\tat "), outcome.err());
        }
        assertEquals(List.of("big.raw"), files("big"), words.toString());
        assertEquals(List.of(), files(".big"), words.toString());
        try (Stream<Path> left = Files.list(temporary)) {
          assertEquals(List.of(), left.toList(), words.toString());
        }
      }
    }
  }

  private RunningMode record(SnapshotServer agent, String output, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(List.of("record", "--url", "127.0.0.1:" + agent.port(), "-o", output));
    String format = output.substring(output.lastIndexOf('.') + 1);
    words.addAll(List.of("-f", format));
    words.addAll(List.of(more));
    return RunningMode.start(folder, words.toArray(String[]::new));
  }

  private RunningMode.Outcome wrapped(SnapshotServer agent, String output, String... command)
      throws Exception {
    List<String> more = new ArrayList<>(List.of("-i", "100ms", "--"));
    more.addAll(List.of(command));
    try (RunningMode record = record(agent, output, more.toArray(String[]::new))) {
      return record.end();
    }
  }

  private List<String> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void await(Condition condition) throws Exception {
    long end = System.currentTimeMillis() + 60_000;
    while (!condition.holds()) {
      assertTrue(System.currentTimeMillis() < end, "waited in vain");
      Thread.sleep(10);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }
}
