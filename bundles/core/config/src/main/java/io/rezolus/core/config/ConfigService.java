package io.rezolus.core.config;

import io.rezolus.core.api.sampler.ProvidesSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the file named by the framework property {@code rezolus.config}, now and whenever it
 * changes, and keeps the enabled samplers' conditions in step with Config Admin, where a sampler
 * may also be switched by hand. Such a switch holds until the file changes.
 *
 * <p>The first reading is applied before activation returns; without the property every sampler has
 * its default. From then on all work is done by one thread.
 */
@Component(
    service = {ConfigurationListener.class, ConfigurationState.class},
    immediate = true)
public final class ConfigService
    implements ConfigurationListener, ConfigurationState, BundleListener {
  /** Framework property: absolute path of the TOML file. */
  static final String FILE_PROPERTY = "rezolus.config";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigService.class);
  private static final long POLL_MILLIS = 1000;

  private final BundleContext context;
  private final ConfigPublisher publisher;
  private final SamplerConditions conditions;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task));
  private final Path file;

  /** What holds; null until a file that was asked for has been read. */
  private AgentConfig config;

  private Object startLevel;
  private volatile String problem;

  @Activate
  public ConfigService(BundleContext context, @Reference ConfigurationAdmin admin) {
    this.context = context;
    publisher = new ConfigPublisher(admin);
    conditions = new SamplerConditions(context);
    String path = context.getProperty(FILE_PROPERTY);
    file = path == null ? null : Path.of(path);
    if (file == null) {
      config = AgentConfig.NONE;
      switchSamplers();
    } else {
      FileChange change = new FileChange(file);
      change.accept();
      load();
      thread.scheduleWithFixedDelay(
          () -> guarded(() -> reload(change)), POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    context.addBundleListener(this);
  }

  @Deactivate
  void close() throws InterruptedException {
    context.removeBundleListener(this);
    thread.shutdownNow();
    thread.awaitTermination(1, TimeUnit.SECONDS);
    conditions.set(Set.of());
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getPid().startsWith(ConfigPids.SAMPLER_PREFIX)) {
      later(this::switchSamplers);
    }
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    int type = event.getType();
    if (type == BundleEvent.INSTALLED
        || type == BundleEvent.UPDATED
        || type == BundleEvent.UNINSTALLED) {
      later(this::bundlesChanged);
    }
  }

  private void bundlesChanged() {
    if (config != null && !config.section("defaults").isEmpty()) {
      publishDefaultsOfNewSamplers();
    }
    switchSamplers();
  }

  private void publishDefaultsOfNewSamplers() {
    try {
      publisher.publishMissing(config, installed());
    } catch (IOException e) {
      LOG.error("the defaults of new samplers cannot be published: {}", e.getMessage());
    }
  }

  private void reload(FileChange change) {
    if (change.settled()) {
      load();
    }
  }

  private void load() {
    try {
      Collection<String> installed = installed();
      AgentConfig read = AgentConfigFile.parse(file, installed);
      read.warnings().forEach(LOG::warn);
      // first off, so that no sampler restarts with new values only to be stopped
      conditions.withdraw(read::enabled);
      publisher.publish(read, installed);
      if (config != null) {
        LOG.info("{}: applied", file.getFileName());
        if (!level(read).equals(startLevel)) {
          // loggers take their level when they are made
          LOG.warn("{}: log.level takes effect at the next start", file.getFileName());
        }
      } else {
        startLevel = level(read);
      }
      config = read;
      problem = null;
      switchSamplers();
    } catch (ConfigException e) {
      if (config == null) {
        // nothing holds yet, so this is the answer to whoever started the agent, at any log level
        System.err.println("rezolus: " + e.getMessage());
      } else {
        problem = e.getMessage() + "; the last good configuration stays in force";
        LOG.error(problem);
      }
    } catch (IOException e) {
      problem = file.getFileName() + ": cannot be applied: " + e.getMessage();
      LOG.error(problem);
    }
  }

  private static Object level(AgentConfig config) {
    return config.section("log").getOrDefault("level", "info");
  }

  private void switchSamplers() {
    if (config == null) {
      return;
    }
    Set<String> enabled = new TreeSet<>();
    for (String sampler : installed()) {
      if (enabled(sampler)) {
        enabled.add(sampler);
      }
    }
    conditions.set(enabled);
  }

  private boolean enabled(String sampler) {
    try {
      Boolean switched = publisher.enabled(sampler);
      return switched == null ? config.enabled(sampler) : switched;
    } catch (IOException e) {
      LOG.error("{}: its configuration cannot be read: {}", sampler, e.getMessage());
      return config.enabled(sampler);
    }
  }

  /** Samplers named in the manifests of the bundles of this framework, resolved or not. */
  private Collection<String> installed() {
    Set<String> names = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        for (BundleCapability capability :
            revision.getDeclaredCapabilities(ProvidesSampler.NAMESPACE)) {
          if (capability.getAttributes().get(ProvidesSampler.NAMESPACE) instanceof String name) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private void later(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("stopped; the change is left to the next start", e);
    }
  }

  /** A repeated task that throws would not be repeated again. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("the configuration could not be applied", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "rezolus-config");
    thread.setDaemon(true);
    return thread;
  }
}
