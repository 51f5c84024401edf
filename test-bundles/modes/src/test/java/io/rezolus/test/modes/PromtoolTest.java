package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own client against a recording; skipped where there is no promtool. */
class PromtoolTest {
  /** Two series in Prometheus' text form. */
  private static final String TEXT =
      "# TYPE jobs_total counter\njobs_total{kind=\"a\"} 10\njobs_total{kind=\"b\"} 1\n";

  @TempDir Path folder;

  @Test
  void understands_the_answers() throws Exception {
    String promtool = promtool();
    assumeTrue(promtool != null, "no promtool: test-bundles/prometheus/unpack.sh gets it");
    Path file = Files.writeString(folder.resolve("jobs.prom"), TEXT);
    try (RunningMode view = RunningMode.start(folder, "view", file.toString())) {
      String url = view.url();
      JsonObject capture =
          JsonParser.parseString(view.text(url + "/api/v1/capture?capture=baseline").substring(4))
              .getAsJsonObject()
              .getAsJsonObject("data");
      String start = Long.toString((long) capture.get("minTime").getAsDouble() - 60);
      String end = capture.get("maxTime").getAsString();
      List<String> series =
          run(promtool, "series", "--match=jobs_total", "--start=" + start, "--end=" + end, url);
      assertEquals(2, series.size(), series.toString());
      assertTrue(series.get(0).contains("__name__=\"jobs_total\""), series.toString());
      List<String> names = run(promtool, "labels", url, "__name__");
      assertTrue(names.contains("jobs_total"), names.toString());
      assertEquals(List.of("a", "b"), run(promtool, "labels", url, "kind"));
      List<String> instant =
          run(promtool, "instant", "--time=" + end, url, "sum(last_over_time(jobs_total[1h]))");
      assertEquals(1, instant.size(), instant.toString());
      assertTrue(instant.get(0).startsWith("{} => "), instant.toString());
      List<String> range =
          run(
              promtool,
              "range",
              "--start=" + start,
              "--end=" + end,
              "--step=60s",
              url,
              "sum by (kind) (jobs_total)");
      assertEquals("{kind=\"a\"} =>", range.get(0));
      List<String> wrong = new ArrayList<>();
      assertEquals(1, run(wrong, promtool, "query", "instant", url, "sum("));
      assertTrue(wrong.toString().contains("bad_data: 1:5: parse error"), wrong.toString());
    }
  }

  private List<String> run(String promtool, String kind, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(promtool, "query", kind));
    line.addAll(List.of(arguments));
    List<String> out = new ArrayList<>();
    assertEquals(0, run(out, line.toArray(new String[0])), out.toString());
    return out;
  }

  private static int run(List<String> out, String... line) throws Exception {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    out.addAll(text.lines().filter(each -> !each.isBlank()).toList());
    return process.waitFor();
  }

  /** Where the build unpacked it, else on the path. */
  private static String promtool() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
    return Stream.concat(Stream.of(base.resolve("rezolus/prometheus/usr/bin")), path)
        .map(folder -> folder.resolve("promtool"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }
}
