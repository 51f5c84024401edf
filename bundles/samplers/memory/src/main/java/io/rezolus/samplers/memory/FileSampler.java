package io.rezolus.samplers.memory;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Counters or gauges in one group, each the value of a key of a {@link KeyedFile}. */
abstract class FileSampler implements Sampler {
  private final String name;
  private final List<Metric> metrics;
  private final MetricKind kind;
  private final KeyedFile file;
  private final long factor;
  private final long[] values;
  private final AcquisitionGroup group;
  private final List<GroupData> groups;

  /**
   * @param keys one for each metric
   * @param metrics of one kind
   * @param factor the metrics' unit in that of the file
   */
  FileSampler(String name, Path path, List<String> keys, List<Metric> metrics, long factor)
      throws IOException {
    this.name = name;
    this.metrics = metrics;
    this.factor = factor;
    kind = metrics.get(0).kind();
    values = new long[keys.size()];
    file = new KeyedFile(path, keys);
    Schema.Builder schema = new Schema.Builder();
    metrics.forEach(metric -> schema.add(kind, Member.scalar(name, metric)));
    group = new AcquisitionGroup(name, name + "_read", schema.build());
    groups = List.of(group.data());
  }

  /** Whether the file has any of the keys now. */
  final boolean any() throws IOException {
    file.read(values);
    return Arrays.stream(values).anyMatch(value -> value != KeyedFile.ABSENT);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<Metric> metrics() {
    return metrics;
  }

  @Override
  public final void refresh() throws IOException {
    group.begin();
    file.read(values);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == KeyedFile.ABSENT) {
        continue;
      }
      if (kind == MetricKind.GAUGE) {
        group.data().gauge(i, values[i] * factor);
      } else {
        group.data().counter(i, values[i] * factor);
      }
    }
    group.end();
  }

  @Override
  public final List<GroupData> groups() {
    return groups;
  }

  void close() throws IOException {
    file.close();
  }
}
