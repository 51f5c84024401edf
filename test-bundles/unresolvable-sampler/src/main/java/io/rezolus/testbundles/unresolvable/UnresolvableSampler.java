package io.rezolus.testbundles.unresolvable;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** Would work, if only its bundle resolved: bnd.bnd adds an import that nothing satisfies. */
@ProvidesSampler("unresolvable")
@Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.unresolvable")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.unresolvable)")
public final class UnresolvableSampler implements Sampler {

  @Override
  public String name() {
    return "unresolvable";
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public void refresh() {}

  @Override
  public List<GroupData> groups() {
    return List.of();
  }
}
