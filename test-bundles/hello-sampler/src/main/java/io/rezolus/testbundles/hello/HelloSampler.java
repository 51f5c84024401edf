package io.rezolus.testbundles.hello;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** Processes created since boot, and running now: two numbers of {@code /proc/stat}. */
@ProvidesSampler(HelloSampler.NAME)
@Component(
    service = Sampler.class,
    configurationPid = ProvidesSampler.PID_PREFIX + HelloSampler.NAME)
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.hello)")
public final class HelloSampler implements Sampler {
  static final String NAME = "hello";

  private static final Path STAT = Path.of("/proc/stat");

  private static final Metric CREATED =
      Metric.counter("hello_processes_created", "processes", "Processes created since boot");
  private static final Metric RUNNING =
      Metric.gauge("hello_processes_running", "processes", "Processes that want a CPU now");

  private final AcquisitionGroup group;
  private final int created;
  private final int running;

  public HelloSampler() {
    Schema.Builder schema = new Schema.Builder();
    created = schema.add(MetricKind.COUNTER, Member.scalar(NAME, CREATED));
    running = schema.add(MetricKind.GAUGE, Member.scalar(NAME, RUNNING));
    group = new AcquisitionGroup(NAME, "main", schema.build());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(CREATED, RUNNING);
  }

  @Override
  public void refresh() throws IOException {
    group.begin();
    GroupData data = group.data();
    for (String line : Files.readAllLines(STAT)) {
      if (line.startsWith("processes ")) {
        data.counter(created, number(line));
      } else if (line.startsWith("procs_running ")) {
        data.gauge(running, number(line));
      }
    }
    group.end();
  }

  @Override
  public List<GroupData> groups() {
    return List.of(group.data());
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1).strip());
  }
}
