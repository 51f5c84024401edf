package io.rezolus.core.agent;

import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.core.api.time.Durations;
import io.rezolus.core.config.ConfigurationState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's services: readings of the samplers that come and go, and an account of them all. */
@Component(
    service = {SnapshotSource.class, SamplerInventory.class},
    immediate = true,
    configurationPid = {"io.rezolus.agent", "io.rezolus.scheduler"})
public final class Agent implements SnapshotSource, SamplerInventory, BundleListener {
  /** Framework property: the version told to consumers of the wire format. */
  static final String VERSION_PROPERTY = "rezolus.version";

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration DEFAULT_TTL = Duration.ofMillis(10);
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /** Long enough for a bundle that was just installed to be started as well. */
  private static final long SETTLE_MILLIS = 500;

  private final BundleContext context;
  private final SnapshotReader reader;
  private final Inventory inventory;
  private final StatusLog log = new StatusLog();
  private final AtomicBoolean checking = new AtomicBoolean();
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task));

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ConfigurationState configuration;

  private Scheduling scheduling = Scheduling.INHERITED;

  @Activate
  public Agent(
      BundleContext context,
      Map<String, Object> configuration,
      @Reference ServiceComponentRuntime components) {
    this.context = context;
    String version = version(context);
    reader = new SnapshotReader(version, ttl(configuration, DEFAULT_TTL), DEADLINE);
    schedule(configuration);
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    inventory = new Inventory(context, reader, new IdleSampler(components, wiring), version);
    context.addBundleListener(this);
  }

  @Modified
  void configure(Map<String, Object> configuration) {
    reader.ttl(ttl(configuration, reader.ttl()));
    schedule(configuration);
  }

  private void schedule(Map<String, Object> configuration) {
    try {
      Scheduling wanted = Scheduling.of(configuration);
      if (!wanted.equals(scheduling)) {
        reader.schedule(wanted);
        scheduling = wanted;
      }
    } catch (IllegalArgumentException e) {
      LOG.error("io.rezolus.scheduler: {}; it stays as it was", e.getMessage());
    }
  }

  @Deactivate
  void close() {
    context.removeBundleListener(this);
    checks.shutdownNow();
    reader.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSampler(Sampler sampler, ServiceReference<Sampler> reference) {
    Bundle bundle = reference.getBundle();
    String origin =
        bundle == null ? "unknown bundle" : bundle.getSymbolicName() + ' ' + bundle.getVersion();
    try {
      reader.add(new SamplerSlot(sampler, origin, this::check));
    } catch (RuntimeException e) {
      LOG.error("a sampler of {} cannot be used: {}", origin, Reason.of(e));
    }
    check();
  }

  void removeSampler(Sampler sampler) {
    reader.remove(sampler);
    check();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    check();
  }

  /** Looks for changed states once things have settled; many requests make one look. */
  private void check() {
    if (checking.compareAndSet(false, true)) {
      try {
        checks.schedule(
            () -> {
              checking.set(false);
              look();
            },
            SETTLE_MILLIS,
            TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping; states are no longer reported");
      }
    }
  }

  @Override
  public <T> T read(Function<Snapshot, T> function) {
    return reader.read(function);
  }

  @Override
  public long sequence() {
    return reader.sequence();
  }

  /** While the framework starts or stops, half of the samplers are missing, which is no news. */
  private void look() {
    if (context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE
        && !log.report(inventory.samplers())) {
      check();
    }
  }

  @Override
  public List<SamplerStatus> samplers() {
    return inventory.samplers();
  }

  @Override
  public Map<String, String> descriptions() {
    return inventory.descriptions();
  }

  @Override
  public String version() {
    return inventory.version();
  }

  @Override
  public Duration uptime() {
    return inventory.uptime();
  }

  @Override
  public Duration ttl() {
    return inventory.ttl();
  }

  @Override
  public Duration sinceReading() {
    return inventory.sinceReading();
  }

  @Override
  public String problem() {
    ConfigurationState state = configuration;
    return state == null ? null : state.problem();
  }

  private static Duration ttl(Map<String, Object> configuration, Duration otherwise) {
    Object ttl = configuration.get("ttl");
    if (ttl == null) {
      return DEFAULT_TTL;
    }
    try {
      return Durations.parse(ttl.toString());
    } catch (IllegalArgumentException e) {
      LOG.error("io.rezolus.agent: ttl: {}; it stays {} ms", e.getMessage(), otherwise.toMillis());
      return otherwise;
    }
  }

  private static String version(BundleContext context) {
    String version = context.getProperty(VERSION_PROPERTY);
    if (version != null) {
      return version;
    }
    Version own = context.getBundle().getVersion();
    return own.getMajor() + "." + own.getMinor() + "." + own.getMicro();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "rezolus-states");
    thread.setDaemon(true);
    return thread;
  }
}
