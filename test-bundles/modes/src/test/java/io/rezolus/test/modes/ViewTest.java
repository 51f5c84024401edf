package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.test.agent.SnapshotServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings and live agents, asked over HTTP. */
class ViewTest {
  @TempDir Path folder;

  @Test
  void a_recording_answers_in_every_form_until_it_is_told_to_stop() throws Exception {
    record("run.parquet");
    try (RunningMode view = RunningMode.start(folder, "view", "before=run.parquet")) {
      String url = view.url();
      assertTrue(view.text(url + "/").contains("/api/v1/query"));
      JsonObject capture = data(view.text(url + "/api/v1/capture?capture=baseline"));
      assertEquals("before", capture.get("alias").getAsString());
      double start = capture.get("minTime").getAsDouble();
      double end = capture.get("maxTime").getAsDouble();
      JsonArray result =
          data(view.text(url + "/api/v1/query?query=count(syscall)")).getAsJsonArray("result");
      assertEquals(
          "1", result.get(0).getAsJsonObject().getAsJsonArray("value").get(1).getAsString());
      String range =
          url + "/api/v1/query_range?query=syscall&step=0.1&start=" + start + "&end=" + end;
      assertEquals("matrix", data(view.text(range)).get("resultType").getAsString());
      assertEquals("grid", data(view.text(range + "&format=grid")).get("resultType").getAsString());
      HttpResponse<byte[]> arrow = view.get(range + "&format=arrow");
      assertEquals(200, arrow.statusCode());
      assertEquals(
          "application/vnd.apache.arrow.stream",
          arrow.headers().firstValue("Content-Type").orElse(""));
      assertTrue(view.text(url + "/api/v1/query?query=sum(").startsWith("400 "));
      assertTrue(view.text(url + "/nothing").startsWith("404 "));
      view.signal("TERM");
      RunningMode.Outcome outcome = view.end();
      assertEquals(0, outcome.status(), outcome.err());
      assertEquals("", outcome.out());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void an_archive_is_followed_while_it_is_written_and_when_another_takes_its_place()
      throws Exception {
    Path archive = folder.resolve("run.rez");
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode recorder =
            RunningMode.start(
                folder,
                "record",
                "--url",
                "127.0.0.1:" + agent.port(),
                "-i",
                "100ms",
                "-f",
                "rez",
                "-o",
                "run.rez")) {
      awaitFile(archive);
      agent.awaitServed(5);
      try (RunningMode view = RunningMode.start(folder, "view", "run.rez")) {
        String url = view.url();
        double first = end(view, url);
        while (end(view, url) < first + 1) {
          Thread.sleep(50);
        }
        recorder.signal("TERM");
        assertEquals(0, recorder.end().status());
        String count = "/api/v1/query?query=" + "count_over_time(syscall%5B1h%5D)";
        assertTrue(view.text(url + count).contains("\"value\""), view.text(url + count));
        double last = end(view, url);
        record("other.parquet");
        Files.move(folder.resolve("other.parquet"), archive, StandardCopyOption.REPLACE_EXISTING);
        // its rows have the times of the agent, those of an archive have the recorder's
        assertNotEquals(last, end(view, url));
        Files.writeString(archive, "# no recording\nof any kind {\n");
        String answer = view.text(url + count);
        assertTrue(answer.startsWith("422 "), answer);
        assertTrue(answer.contains("run.rez"), answer);
        view.signal("TERM");
        assertEquals(0, view.end().status());
      }
    }
  }

  private static void awaitFile(Path file) throws InterruptedException {
    long end = System.currentTimeMillis() + 60_000;
    while (!Files.exists(file)) {
      assertTrue(System.currentTimeMillis() < end, file + " does not come");
      Thread.sleep(20);
    }
  }

  private static double end(RunningMode view, String url) throws Exception {
    return data(view.text(url + "/api/v1/capture?capture=baseline")).get("maxTime").getAsDouble();
  }

  @Test
  void a_live_agent_is_followed_through_its_restart() throws Exception {
    SnapshotServer first = new SnapshotServer(0, body -> body);
    String agent = "http://127.0.0.1:" + first.port();
    try (RunningMode view = RunningMode.start(folder, "view", agent)) {
      String url = view.url();
      first.awaitServed(3);
      JsonObject capture = data(view.text(url + "/api/v1/capture?capture=baseline"));
      assertTrue(capture.get("live").getAsBoolean());
      String metadata = view.text(url + "/api/v1/metadata?metric=syscall");
      assertTrue(metadata.contains("\"help\":\"Calls.\",\"unit\":\"syscalls\""), metadata);
      first.close();
      view.await("still trying");
      try (SnapshotServer second = new SnapshotServer(first.port(), body -> body)) {
        view.await("answers again");
        assertTrue(second.served() > 0);
        assertTrue(view.text(url + "/api/v1/query?query=syscall").startsWith("200 "));
      }
      view.signal("INT");
      assertEquals(0, view.end().status());
    } finally {
      first.close();
    }
  }

  @Test
  void a_port_in_use_is_told() throws Exception {
    record("run.parquet");
    try (SnapshotServer other = new SnapshotServer(0, body -> body)) {
      RunningMode.Outcome outcome =
          RunningMode.run(folder, "view", "run.parquet", "-l", "127.0.0.1:" + other.port());
      assertEquals(1, outcome.status(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().contains("127.0.0.1:" + other.port()), outcome.err());
    }
  }

  private void record(String name) throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      RunningMode.Outcome outcome =
          RunningMode.run(
              folder,
              "record",
              "--url",
              "127.0.0.1:" + agent.port(),
              "-d",
              "1s",
              "-i",
              "100ms",
              "-o",
              name);
      assertEquals(0, outcome.status(), outcome.err());
    }
    assertTrue(Files.exists(folder.resolve(name)));
    assertFalse(Files.exists(folder.resolve(name + ".spool")));
  }

  private static JsonObject data(String answer) {
    assertTrue(answer.startsWith("200 "), answer);
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject().getAsJsonObject("data");
  }
}
