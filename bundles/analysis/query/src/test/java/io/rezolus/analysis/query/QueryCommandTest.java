package io.rezolus.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import io.rezolus.core.api.command.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class QueryCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String recording;

  @BeforeEach
  void find() {
    String data = System.getProperty("rezolus.testdata");
    assumeTrue(data != null, "needs -Drezolus.testdata");
    Path file = Path.of(data, "recordings", "demo.parquet");
    assumeTrue(Files.exists(file), "needs " + file);
    recording = file.toString();
  }

  private int run(String... args) {
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new QueryCommand(out, messages));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          messages.println(e.getMessage());
          return e instanceof CommandException expected ? expected.exitCode() : 101;
        });
    line.setParameterExceptionHandler(
        (e, parsed) -> {
          messages.println(e.getMessage());
          return 2;
        });
    return line.execute(args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shows_the_whole_recording_in_about_sixty_lines() {
    assertEquals(0, run(recording, "sum(rate(cpu_usage[1m]))"), this::err);
    String[] lines = out().split("\n");
    assertTrue(lines.length > 20 && lines.length <= 62, lines.length + " lines");
    assertTrue(lines[0].matches("TIME \\(UTC\\) +VALUE"), lines[0]);
    assertTrue(lines[1].matches("2026-01-21 00:50:\\d0 +[\\d.]+"), lines[1]);
    assertEquals(lines[1].length(), lines[2].length());
  }

  @Test
  void answers_for_one_moment() {
    assertEquals(0, run(recording, "sum by (state) (rate(cpu_usage[1m]))", "--time", "-10s"));
    String[] lines = out().split("\n");
    assertEquals(3, lines.length);
    assertTrue(lines[0].matches("SERIES +VALUE"), lines[0]);
  }

  @Test
  void lists_samples_as_csv() {
    assertEquals(
        0,
        run(
            recording,
            "cpu_usage{id=\"0\",state=\"user\"}",
            "--start",
            "-2s",
            "--step",
            "1s",
            "-f",
            "csv"));
    String[] lines = out().split("\n");
    assertEquals("time,metric,id,state,value", lines[0]);
    assertEquals(4, lines.length);
    assertTrue(lines[3].startsWith("1768956939,cpu_usage,0,user,"), lines[3]);
  }

  @Test
  void prints_the_json_of_the_http_interface() {
    assertEquals(
        0, run(recording, "count(cpu_usage)", "--time", "2026-01-21T00:55:00Z", "-f", "json"));
    var data = JsonParser.parseString(out()).getAsJsonObject().getAsJsonObject("data");
    assertEquals("vector", data.get("resultType").getAsString());
    assertEquals(
        1768956900,
        data.getAsJsonArray("result")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("value")
            .get(0)
            .getAsLong());
  }

  @Test
  void many_series_have_a_line_each() {
    assertEquals(0, run(recording, "rate(cpu_usage[1m])"));
    assertTrue(out().split("\n")[0].matches("SERIES +MIN +MEAN +MAX +LAST"));
  }

  @Test
  void quantiles_of_a_histogram_are_numbers() {
    assertEquals(
        0, run(recording, "histogram_quantile(0.99, scheduler_runqueue_latency)", "-f", "csv"));
    assertTrue(out().split("\n").length > 20);
  }

  @Test
  void a_misspelt_metric_fails_with_what_it_may_mean() {
    assertEquals(1, run(recording, "sum(rate(cpu_usag[1m]))"));
    assertEquals("", out());
    assertTrue(err().contains("\"cpu_usag\"") && err().contains("cpu_usage"), this::err);
  }

  @Test
  void a_syntax_error_is_shown_at_its_place() {
    assertEquals(2, run(recording, "sum(rate(cpu_usage[1m])"));
    String[] lines = err().split("\n");
    assertEquals("  sum(rate(cpu_usage[1m])", lines[0]);
    assertEquals(25, lines[1].indexOf('^'));
    assertTrue(lines[2].startsWith("1:24: parse error: "), lines[2]);
  }

  @ParameterizedTest
  @CsvSource({
    "--time, noon",
    "--start, 2026-13-01",
    "--step, 0",
    "--step, fast",
    "--format, xml",
    "--start, +99999999999d",
  })
  void a_wrong_option_is_a_usage_error(String option, String value) {
    assertEquals(2, run(recording, "cpu_usage", option, value), this::err);
    assertEquals("", out());
    assertTrue(err().contains(value), this::err);
  }

  @Test
  void times_that_exclude_each_other_are_refused() {
    assertEquals(2, run(recording, "cpu_usage", "--time", "-5s", "--step", "1s"));
    assertEquals(2, run(recording, "cpu_usage", "--start", "-5s", "--end", "-10s"));
  }

  @Test
  void a_file_that_is_none_or_no_recording_is_named(@org.junit.jupiter.api.io.TempDir Path folder)
      throws Exception {
    assertEquals(1, run(folder.resolve("missing").toString(), "x"));
    Path text = Files.writeString(folder.resolve("text"), "no recording");
    assertEquals(1, run(text.toString(), "x"));
    assertTrue(err().contains("missing") && err().contains(text.toString()), this::err);
  }

  @Test
  void an_agent_that_does_not_answer_is_named() {
    assertEquals(1, run("http://127.0.0.1:1", "x", "--window", "1s"));
    assertTrue(err().contains("http://127.0.0.1:1"), this::err);
  }
}
