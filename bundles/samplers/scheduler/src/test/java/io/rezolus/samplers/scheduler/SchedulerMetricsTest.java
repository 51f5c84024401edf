package io.rezolus.samplers.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchedulerMetricsTest {

  @Test
  void declares_the_metrics_units_and_labels_of_upstream_rezolus() throws IOException {
    Path catalogue = Path.of(System.getProperty("rezolus.testdata", "")).resolve("catalogue.tsv");
    assumeTrue(Files.exists(catalogue), "no metric catalogue in rezolus.testdata");
    Set<String> expected = new TreeSet<>();
    for (String line : Files.readAllLines(catalogue)) {
      String[] field = line.split("\t");
      if (field[0].equals("scheduler_runqueue") || field[0].equals("cpu_migrations")) {
        String kind = field[2].replace("_group", "");
        expected.add(String.join(" ", field[0], field[1], kind, field[4], field[5]));
      }
    }
    Set<String> declared = new TreeSet<>();
    RunqueueMetrics.all().forEach(m -> declared.add(line(RunqueueMetrics.SAMPLER, m)));
    MigrationMetrics.all().forEach(m -> declared.add(line(MigrationMetrics.SAMPLER, m)));
    // of our own: what upstream Rezolus does not tell
    declared.removeIf(metric -> metric.contains(" rezolus_bpf_missed_runs "));
    declared.removeIf(metric -> metric.contains(" rezolus_bpf_untracked_events "));
    assertEquals(expected, declared);
  }

  @Test
  void gives_every_metric_an_identity_of_its_own() {
    List<Metric> all =
        Stream.concat(RunqueueMetrics.all().stream(), MigrationMetrics.all().stream()).toList();
    Set<String> keys = new HashSet<>();
    for (Metric metric : all) {
      assertTrue(keys.add(metric.key()), metric.key());
    }
  }

  @Test
  void lists_each_metric_for_every_possible_cpu() {
    Schema schema = CpuGroup.schema(MigrationMetrics.SAMPLER, MigrationMetrics.PER_CPU, 3);
    assertEquals(
        List.of(
            "cpu_migrations/from/0",
            "cpu_migrations/from/1",
            "cpu_migrations/from/2",
            "cpu_migrations/to/0",
            "cpu_migrations/to/1",
            "cpu_migrations/to/2"),
        schema.counters().stream().map(Member::name).toList());
    assertEquals(
        Map.of(
            "metric", "cpu_migrations",
            "sampler", "cpu_migrations",
            "direction", "to",
            "id", "1"),
        schema.counters().get(4).labels());
  }

  private static String line(String sampler, Metric metric) {
    String labels =
        metric.labels().entrySet().stream()
            .filter(label -> !label.getKey().equals("unit") && !label.getKey().equals("sampler"))
            .map(label -> label.getKey() + '=' + label.getValue())
            .collect(Collectors.joining(","));
    return String.join(
        " ",
        sampler,
        metric.name(),
        metric.kind().name().toLowerCase(java.util.Locale.ROOT),
        metric.labels().getOrDefault("unit", "-"),
        labels.isEmpty() ? "-" : labels);
  }
}
