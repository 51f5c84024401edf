package io.rezolus.core.agent.plugin;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.List;

/** A component of a test bundle that starts. */
public class PluginSampler implements Sampler {
  @Override
  public String name() {
    return "working";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.gauge("plugin_gauge", null, "Says that the plugin works"));
  }

  @Override
  public void refresh() {}

  @Override
  public List<GroupData> groups() {
    return List.of();
  }
}
