package io.rezolus.core.agent;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.sampler.AcquisitionGroup;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Counts its refreshes in every member of its groups. */
final class TestSampler implements Sampler {
  private final String name;
  private final List<Metric> metrics = new ArrayList<>();
  private final List<AcquisitionGroup> acquisitions = new ArrayList<>();
  private final List<GroupData> groups = new ArrayList<>();
  volatile int refreshes;

  /** Runs in each refresh, which fails when it throws. */
  volatile Callable<?> work = () -> null;

  TestSampler(String name) {
    this.name = name;
  }

  /** Adds a group of counters {@code <metric>_0} and so on. */
  TestSampler group(String group, String metric, int members) {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < members; i++) {
      Metric counter = Metric.counter(metric + '_' + i, null, "A count of " + metric);
      metrics.add(counter);
      schema.add(counter.kind(), Member.scalar(name, counter));
    }
    AcquisitionGroup acquisition = new AcquisitionGroup(name, group, schema.build());
    acquisitions.add(acquisition);
    groups.add(acquisition.data());
    return this;
  }

  /** Adds a group that never has a reading. */
  TestSampler silentGroup(String group, String metric) {
    Metric counter = Metric.counter(metric, null, "Never read");
    Schema.Builder schema = new Schema.Builder();
    schema.add(counter.kind(), Member.scalar(name, counter));
    groups.add(new GroupData(name + '/' + group, schema.build()));
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Metric> metrics() {
    return metrics;
  }

  @Override
  public void refresh() throws Exception {
    refreshes++;
    work.call();
    for (int g = 0; g < acquisitions.size(); g++) {
      AcquisitionGroup acquisition = acquisitions.get(g);
      acquisition.begin();
      GroupData data = acquisition.data();
      for (int i = 0; i < data.schema().counters().size(); i++) {
        data.counter(i, refreshes);
      }
      acquisition.end();
    }
  }

  @Override
  public List<GroupData> groups() {
    return groups;
  }
}
