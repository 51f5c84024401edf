package io.rezolus.testbundles.rejected;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.SatisfyingConditionTarget;

/** A sampler whose BPF program reads through an unchecked pointer. */
@ProvidesSampler("rejected")
@Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.rejected")
@SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.rejected)")
public final class RejectedSampler implements Sampler {
  private final BpfObject object;

  @Activate
  public RejectedSampler(@Reference BpfHost host) throws BpfException, UnsupportedException {
    object =
        host.load(BpfObjectSpec.builder("rejected").hook(Hook.of("sys_enter", "raw_tp")).build());
  }

  @Deactivate
  void deactivate() {
    object.close();
  }

  @Override
  public String name() {
    return "rejected";
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
