package io.rezolus.core.shell;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that show current values and what they cost. */
@Component(
    service = MetricCommands.class,
    property = {
      "osgi.command.scope=rezolus",
      "osgi.command.function=metrics",
      "osgi.command.function=cost"
    })
public final class MetricCommands {
  private static final String RUN_COUNT = "rezolus_bpf_run_count";
  private static final String RUN_TIME = "rezolus_bpf_run_time";

  private final SnapshotSource snapshots;
  private final SamplerInventory inventory;

  @Activate
  public MetricCommands(
      @Reference SnapshotSource snapshots, @Reference SamplerInventory inventory) {
    this.snapshots = snapshots;
    this.inventory = inventory;
  }

  @Descriptor("current value of every series")
  public String metrics() {
    return metrics("*");
  }

  @Descriptor("current value of the series whose name matches")
  public String metrics(@Descriptor("a name; * stands for any characters") String glob) {
    Pattern pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
    Columns columns = new Columns("SERIES", "VALUE", "LABELS");
    int[] found = {0};
    snapshots.read(
        snapshot -> {
          for (GroupData group : snapshot.groups()) {
            found[0] += append(columns, group, pattern);
          }
          return null;
        });
    return found[0] == 0 ? glob + ": no series of this name has a reading" : columns.toString();
  }

  @Descriptor("what each sampler costs: refresh, and per run of its BPF programs")
  public String cost() {
    Map<String, long[]> runs = snapshots.read(MetricCommands::runs);
    Columns columns = new Columns("SAMPLER", "REFRESH", "BPF RUNS", "NS/RUN", "BPF TIME");
    for (SamplerStatus sampler : inventory.samplers()) {
      if (sampler.state() != SamplerStatus.State.ACTIVE) {
        continue;
      }
      long[] run = runs.get(sampler.name());
      boolean counted = run != null && run[0] > 0;
      columns.row(
          sampler.name(),
          SamplerTable.duration(sampler.refreshNanos()),
          counted ? Long.toUnsignedString(run[0]) : "-",
          counted ? Long.toUnsignedString(Long.divideUnsigned(run[1], run[0])) : "-",
          counted ? SamplerTable.duration(run[1]) : "-");
    }
    return runs.isEmpty()
        ? columns + "BPF runs are counted while kernel.bpf_stats_enabled is 1\n"
        : columns.toString();
  }

  private static int append(Columns columns, GroupData group, Pattern pattern) {
    int found = 0;
    List<Member> counters = group.schema().counters();
    for (int i = 0; i < counters.size(); i++) {
      if (group.hasCounter(i) && matches(pattern, counters.get(i))) {
        row(columns, counters.get(i), Long.toUnsignedString(group.counter(i)));
        found++;
      }
    }
    List<Member> gauges = group.schema().gauges();
    for (int i = 0; i < gauges.size(); i++) {
      if (group.hasGauge(i) && matches(pattern, gauges.get(i))) {
        row(columns, gauges.get(i), Long.toString(group.gauge(i)));
        found++;
      }
    }
    List<Member> histograms = group.schema().histograms();
    for (int i = 0; i < histograms.size(); i++) {
      if (group.hasHistogram(i) && matches(pattern, histograms.get(i))) {
        long samples = 0;
        for (long bucket : group.histogram(i)) {
          samples += bucket;
        }
        row(columns, histograms.get(i), Long.toUnsignedString(samples) + " samples");
        found++;
      }
    }
    return found;
  }

  private static boolean matches(Pattern pattern, Member member) {
    return pattern.matcher(member.name()).matches()
        || member.metric() != null && pattern.matcher(member.metric()).matches();
  }

  private static void row(Columns columns, Member member, String value) {
    StringBuilder labels = new StringBuilder();
    member
        .labels()
        .forEach(
            (key, label) -> {
              if (!key.equals("metric")) {
                labels.append(key).append('=').append(label).append(' ');
              }
            });
    columns.row(member.name(), value, labels.toString());
  }

  /** Sampler to executions and nanoseconds of its BPF programs. */
  private static Map<String, long[]> runs(Snapshot snapshot) {
    Map<String, long[]> runs = new TreeMap<>();
    for (GroupData group : snapshot.groups()) {
      List<Member> counters = group.schema().counters();
      for (int i = 0; i < counters.size(); i++) {
        String metric = counters.get(i).metric();
        boolean count = RUN_COUNT.equals(metric);
        if (count || RUN_TIME.equals(metric)) {
          String sampler = group.name().substring(0, group.name().indexOf('/'));
          runs.computeIfAbsent(sampler, name -> new long[2])[count ? 0 : 1] += group.counter(i);
        }
      }
    }
    return runs;
  }
}
