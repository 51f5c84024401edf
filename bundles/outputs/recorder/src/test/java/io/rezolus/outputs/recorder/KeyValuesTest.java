package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyValuesTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @Test
  void a_value_may_hold_anything_and_the_last_one_counts() {
    assertEquals(
        Map.of("a", "2", "b", "x=y", "c", ""),
        KeyValues.parse("--metadata", List.of("a=1", "b=x=y", "c=", "a=2")));
  }

  @Test
  void what_is_no_pair_is_named() {
    for (String text : new String[] {"a", "=1", ""}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> KeyValues.parse("--label", List.of(text)));
      assertEquals("--label " + text + ": expected KEY=VALUE", e.getMessage());
    }
  }

  @Test
  void a_wrong_pair_is_a_usage_error() {
    assertEquals(2, run("-m", "color"));
    assertTrue(said().contains("--metadata color: expected KEY=VALUE"), said());
  }

  @Test
  void labels_that_cannot_be_stored_are_told() throws IOException {
    try (SnapshotServer server = new SnapshotServer(0, UnaryOperator.identity())) {
      String url = "localhost:" + server.port();
      String out = dir.resolve("x.parquet").toString();
      assertEquals(0, run("--url", url, "-o", out, "-i", "50ms", "-d", "100ms", "-l", "a=b"));
      assertTrue(said().contains("--label is ignored"), said());
      messages.reset();
      out = dir.resolve("x.rez").toString();
      assertEquals(0, run("--url", url, "-o", out, "-i", "50ms", "-d", "100ms", "-l", "a=b"));
      assertFalse(said().contains("--label"), said());
    }
  }

  private int run(String... arguments) {
    return RecordRun.of(new StopSwitch(), messages, arguments);
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }
}
