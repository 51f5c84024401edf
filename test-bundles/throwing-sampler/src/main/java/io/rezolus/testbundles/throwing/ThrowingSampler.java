package io.rezolus.testbundles.throwing;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** A sampler with a defect: it never gets past its constructor. */
@ProvidesSampler("throwing")
@Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.throwing")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.throwing)")
public final class ThrowingSampler implements Sampler {

  @Activate
  public ThrowingSampler() {
    throw new IllegalStateException("the tank is empty");
  }

  @Override
  public String name() {
    return "throwing";
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
