package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.rez.RezFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that comes into a running agent and leaves it, while the agent is being recorded. */
class HotPluggedSamplerTest {
  private static final List<String> OUTPUTS = List.of("run.parquet", "run.rez", "run.raw");
  private static final long PATIENCE_MILLIS = 180_000;
  private static final int ROWS = 8;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;
  private String agentUrl;

  @Test
  void has_columns_while_it_is_there_and_no_value_before_and_after() throws Exception {
    Path deploy = Files.createDirectory(folder.resolve("deploy"));
    int port = freePort();
    agentUrl = "http://127.0.0.1:" + port;
    try (RunningMode agent = agent(port, deploy)) {
      await("/samplers", text -> text.contains("memory_meminfo"));
      List<RunningMode> recorders = new ArrayList<>();
      try {
        for (String output : OUTPUTS) {
          recorders.add(recorder(output));
        }
        RunningMode hindsight = RunningMode.start(folder, "hindsight", hindsight(port));
        recorders.add(hindsight);
        hindsight.await("buffering");
        for (String output : OUTPUTS) {
          await(() -> written(output));
        }
        awaitRows();
        install(deploy);
        await("/metrics/descriptions", text -> text.contains("hello_processes_created"));
        awaitRows();
        Files.delete(deploy.resolve("hello-sampler.jar"));
        await("/metrics/descriptions", text -> !text.contains("hello_processes_created"));
        awaitRows();
        hindsight.signal("HUP");
        hindsight.await("capture complete");
        for (RunningMode recorder : recorders) {
          recorder.signal("TERM");
        }
        for (RunningMode recorder : recorders) {
          assertEquals(0, recorder.end().status());
        }
      } finally {
        recorders.forEach(RunningMode::close);
      }
      agent.signal("TERM");
      assertEquals(0, agent.end().status());
    }
    for (String output : OUTPUTS) {
      expectColumns(output);
    }
    expectColumns("incident.rez");
  }

  /** Values in one stretch of rows in the middle, beside a sampler that was always there. */
  private void expectColumns(String recording) throws Exception {
    RunningMode.Outcome json =
        RunningMode.run(
            folder,
            "recording",
            "export",
            recording,
            "--to",
            "json",
            "--metric",
            "memory_total",
            "hello_processes_created");
    assertEquals(0, json.status(), json.err());
    JsonObject exported = JsonParser.parseString(json.out()).getAsJsonObject();
    String hello = presence(exported, "hello_processes_created");
    assertTrue(hello.matches("-{5,}\\+{5,}-{5,}"), recording + ": " + hello);
    String memory = presence(exported, "memory_total");
    assertTrue(memory.matches("\\+{20,}"), recording + ": " + memory);
  }

  /** A plus for each row in which a metric has a value, a minus for the others. */
  private static String presence(JsonObject exported, String metric) {
    StringBuilder presence = new StringBuilder();
    for (JsonElement each : exported.getAsJsonArray("series")) {
      JsonObject series = each.getAsJsonObject();
      if (series.get("metric").getAsString().equals(metric)) {
        for (JsonElement value : series.getAsJsonArray("values")) {
          presence.append(value.isJsonNull() ? '-' : '+');
        }
      }
    }
    return presence.toString();
  }

  private RunningMode agent(int port, Path deploy) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("agent.toml"),
            """
            [general]
            listen = "127.0.0.1:%d"
            [defaults]
            enabled = false
            [samplers.memory_meminfo]
            enabled = true
            [samplers.hello]
            enabled = true
            """
                .formatted(port));
    return RunningMode.start(
        folder, Map.of("REZOLUS_JAVA_OPTIONS", "-Drezolus.deploy=" + deploy), config.toString());
  }

  private RunningMode recorder(String output) throws IOException {
    String format = output.substring(output.indexOf('.') + 1);
    return RunningMode.start(
        folder, "record", "--url", agentUrl, "-i", "100ms", "-f", format, "-o", output);
  }

  private String hindsight(int port) throws IOException {
    return Files.writeString(
            folder.resolve("hindsight.toml"),
            """
            [general]
            interval = "100ms"
            duration = "5m"
            source = "127.0.0.1:%d"
            output = "%s"
            """
                .formatted(port, folder.resolve("incident.rez")))
        .toString();
  }

  private void install(Path deploy) throws IOException {
    Path module = Path.of(System.getProperty("rezolus.samplers"), "hello-sampler", "target");
    try (Stream<Path> files = Files.list(module)) {
      Path jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      Path staged = Files.copy(jar, deploy.resolve("staged"));
      Files.move(staged, deploy.resolve("hello-sampler.jar"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whether a recorder has taken samples; until it ends its output may lie under another name. */
  private boolean written(String output) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().contains(output) && Files.size(file) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Waits until each of those that record has some rows more. */
  private void awaitRows() throws Exception {
    Map<Path, Set<Long>> seen = new HashMap<>();
    await(
        () -> {
          boolean enough = true;
          for (Path file :
              List.of(
                  folder.resolve("run.parquet.spool"),
                  folder.resolve("run.raw.spool"),
                  folder.resolve("run.rez"),
                  folder.resolve(".incident.rez.hindsight/hindsight.rez"))) {
            Set<Long> states = seen.computeIfAbsent(file, each -> new HashSet<>());
            states.add(file.toString().endsWith(".rez") ? rows(file) : Files.size(file));
            enough &= states.size() > ROWS;
          }
          return enough;
        });
  }

  private static long rows(Path archive) {
    try (RezFile file = RezFile.open(archive)) {
      return file.recordings().stream()
          .flatMap(recording -> recording.tables().stream())
          .mapToLong(Table::rows)
          .max()
          .orElse(0);
    } catch (IOException e) {
      return 0; // it is being begun
    }
  }

  private void await(String route, Predicate<String> condition) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(agentUrl + route)).build();
    await(
        () -> {
          try {
            return condition.test(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
          } catch (IOException e) {
            return false; // it is not up yet
          }
        });
  }

  private static void await(Condition condition) throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!condition.holds()) {
      assertTrue(System.currentTimeMillis() < end, "waited in vain");
      Thread.sleep(20);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
