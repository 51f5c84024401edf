package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.rezolus.test.agent.SnapshotServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recent past of an agent, asked for over HTTP and by signal. */
class HindsightTest {
  @TempDir Path folder;

  @Test
  void what_was_is_told_downloaded_and_put_into_files() throws Exception {
    Path output = folder.resolve("incident.rez");
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode hindsight = RunningMode.hindsight(folder, agent.port(), output)) {
      String url = hindsight.url();
      agent.awaitServed(agent.served() + 4);
      String status = hindsight.text(url + "/status");
      assertTrue(status.startsWith("200 "), status);
      assertTrue(JsonParser.parseString(status.substring(4)).isJsonObject(), status);

      HttpResponse<byte[]> dump = hindsight.get(url + "/dump?last=5m");
      assertEquals(200, dump.statusCode());
      assertEquals("SQLite format 3", new String(dump.body(), 0, 15, StandardCharsets.US_ASCII));
      Path downloaded = Files.write(folder.resolve("downloaded.rez"), dump.body());
      String count =
          RunningMode.run(folder, "query", downloaded.toString(), "count(syscall)", "-f", "csv")
              .out();
      assertTrue(count.trim().endsWith(",1"), count);

      String posted = hindsight.post(url + "/dump/file?last=5m");
      assertTrue(posted.startsWith("200 "), posted);
      assertTrue(Files.exists(output), posted);

      Files.delete(output);
      hindsight.signal("HUP");
      hindsight.await("capture complete");
      assertTrue(Files.exists(output));
      hindsight.signal("TERM");
      assertEquals(0, hindsight.end().status());
    }
  }

  @Test
  void a_wrong_configuration_is_told_with_its_place() throws Exception {
    Path config = Files.writeString(folder.resolve("h.toml"), "[general]\ninterval = \"fast\"\n");
    RunningMode.Outcome outcome = RunningMode.run(folder, "hindsight", config.toString());
    assertTrue(outcome.status() == 1 || outcome.status() == 2, outcome.err());
    assertTrue(
        outcome.err().contains("h.toml") && outcome.err().contains("interval"), outcome.err());
    assertTrue(!outcome.err().contains("\tat "), outcome.err());
  }
}
