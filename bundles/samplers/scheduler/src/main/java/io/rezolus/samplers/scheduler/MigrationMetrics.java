package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.bpfhost.ProgramCost;
import java.util.List;
import java.util.stream.Stream;

/** What {@code cpu_migrations} exposes. */
final class MigrationMetrics {
  static final String SAMPLER = "cpu_migrations";

  static final List<Column> PER_CPU =
      List.of(migrations("from", CpuCounters.MOVED_FROM), migrations("to", CpuCounters.MOVED_TO));

  static final List<Column> CGROUP =
      List.of(
          new Column(
              Metric.counter(
                  "cgroup_cpu_migrations",
                  null,
                  "Times that a task of a cgroup was moved to another CPU"),
              CgroupCounters.MIGRATIONS));

  private MigrationMetrics() {}

  static List<Metric> all() {
    return Stream.concat(
            Stream.of(PER_CPU, CGROUP).flatMap(List::stream).map(Column::metric),
            ProgramCost.metrics(SAMPLER).stream())
        .toList();
  }

  private static Column migrations(String direction, int position) {
    return new Column(
        Metric.counter(
                "cpu_migrations",
                null,
                "Tasks moved to another CPU, on the one they came from and on the one they went"
                    + " to")
            .with("direction", direction),
        position);
  }
}
