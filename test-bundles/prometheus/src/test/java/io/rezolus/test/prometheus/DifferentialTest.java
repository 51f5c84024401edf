package io.rezolus.test.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a Prometheus server and our engine the same. {@code -Drezolus.queries=N} asks more. */
final class DifferentialTest {
  private static final int QUERIES = Integer.getInteger("rezolus.queries", 600);
  private static final long SEED = Long.getLong("rezolus.seed", 42);
  private static final long FIRST = Scenario.START + 1800;
  private static final long LAST = FIRST + 1500;
  private static final int SHOWN = 20;

  @TempDir static Path folder;
  private static PrometheusServer server;
  private static EngineAnswers engine;

  @BeforeAll
  static void load() throws IOException, InterruptedException {
    Optional<Path> programs = PrometheusServer.programs();
    assumeTrue(programs.isPresent(), "no prometheus and promtool; ./verify unpacks them");
    SampleSet samples = Scenario.of(SEED);
    server = PrometheusServer.start(programs.get(), samples, folder);
    engine = new EngineAnswers(samples.source());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @FunctionalInterface
  private interface Ask {
    String difference(String query) throws IOException, InterruptedException;
  }

  private int useful;

  private static Set<String> queries(long seed) {
    QueryGenerator generator = new QueryGenerator(seed);
    Set<String> out = new LinkedHashSet<>();
    while (out.size() < QUERIES) {
      out.add(generator.next());
    }
    return out;
  }

  private void ask(Set<String> queries, Ask ask) throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    int n = 0;
    for (String query : queries) {
      String difference = ask.difference(query);
      if (difference != null && ++n <= SHOWN) {
        differences.add(query + "\n  " + difference);
      }
    }
    assertEquals("", String.join("\n", differences), n + " of " + queries.size() + " differ");
    // else the generator would make nothing but errors and empty answers
    assertTrue(
        useful > queries.size() / 2, useful + " answers of " + queries.size() + " hold data");
  }

  private void count(JsonObject answer) {
    JsonObject data = answer.getAsJsonObject("data");
    useful += data != null && data.getAsJsonArray("result").size() > 0 ? 1 : 0;
  }

  @Test
  void answers_at_one_time_are_those_of_prometheus() throws IOException, InterruptedException {
    int[] n = {0};
    ask(
        queries(SEED),
        query -> {
          long time = FIRST + 15L * (n[0]++ % 100);
          JsonObject theirs = server.instant(query, time);
          count(theirs);
          boolean ordered = query.startsWith("sort");
          return Difference.of(theirs, engine.instant(query, time), ordered);
        });
  }

  @Test
  void answers_over_a_range_are_those_of_prometheus() throws IOException, InterruptedException {
    int[] n = {0};
    ask(
        queries(SEED + 1),
        query -> {
          long step = 15L << n[0]++ % 4;
          JsonObject theirs = server.range(query, FIRST, LAST, step);
          count(theirs);
          return Difference.of(theirs, engine.range(query, FIRST, LAST, step), false);
        });
  }
}
