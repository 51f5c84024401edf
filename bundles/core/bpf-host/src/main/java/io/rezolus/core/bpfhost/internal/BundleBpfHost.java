package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The service: one instance for each bundle that uses it, closed when the bundle lets it go. */
@Component(service = BpfHost.class, scope = ServiceScope.BUNDLE)
public final class BundleBpfHost implements BpfHost {
  private final LibbpfHost host;

  @Activate
  public BundleBpfHost(ComponentContext context, @Reference BpfRuntime runtime) {
    host = runtime.hostFor(context.getUsingBundle());
  }

  @Deactivate
  void close() {
    host.close();
  }

  @Override
  public BpfObject load(BpfObjectSpec spec) throws BpfException, UnsupportedException {
    return host.load(spec);
  }

  @Override
  public int possibleCpus() {
    return host.possibleCpus();
  }

  @Override
  public int highTasks() {
    return host.highTasks();
  }
}
