package io.rezolus.core.bpfhost.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native side of this framework, and the custody of objects between two versions of a bundle:
 * what a bundle lets go while it stops to be updated runs on for {@value #GRACE_SECONDS} s, so that
 * its next version can take it over without losing an event. A bundle that is stopped for good or
 * uninstalled leaves nothing.
 */
@Component(service = BpfRuntime.class, configurationPid = "io.rezolus.agent")
public final class BpfRuntime implements SynchronousBundleListener {
  /** How long an object waits for the next version of its bundle. */
  static final int GRACE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(BpfRuntime.class);

  private record Key(String bundle, String object) {}

  private record Waiting(RunningObject running, Future<?> end) {}

  private final BundleContext context;
  private final Engine engine = new Engine();
  private final Map<Key, Waiting> waiting = new HashMap<>();
  private final ScheduledThreadPoolExecutor timer;

  @Activate
  public BpfRuntime(BundleContext context, Map<String, Object> configuration) {
    this.context = context;
    configure(configuration);
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "rezolus-bpf-grace");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    context.addBundleListener(this);
  }

  /** What is loaded from now on finds the kernel's types where it is configured. */
  @Modified
  void configure(Map<String, Object> configuration) {
    engine.types(configuration.get("btf_path") instanceof String path ? path : null);
  }

  /** A host whose objects belong to {@code owner} and come from its content. */
  LibbpfHost hostFor(Bundle owner) {
    return new LibbpfHost(engine, owner::getEntry, new BundleCustody(owner));
  }

  /** Closes what waits for the next version of a bundle that is gone. */
  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.UNINSTALLED) {
      closeWaiting(event.getBundle().getSymbolicName());
    }
  }

  /** Closes all that waits; hosts have been closed before, because they refer to this. */
  @Deactivate
  void close() {
    context.removeBundleListener(this);
    timer.shutdownNow();
    synchronized (engine) {
      closeWaiting(null);
      engine.close();
    }
  }

  private void closeWaiting(String bundle) {
    synchronized (engine) {
      List<Key> keys = new ArrayList<>(waiting.keySet());
      keys.removeIf(key -> bundle != null && !key.bundle.equals(bundle));
      keys.forEach(key -> discard(key, waiting.get(key).running));
    }
  }

  /** Closes {@code running} if it still waits under {@code key}. */
  private void discard(Key key, RunningObject running) {
    synchronized (engine) {
      Waiting entry = waiting.get(key);
      if (entry == null || entry.running != running) {
        return;
      }
      waiting.remove(key);
      entry.end.cancel(false);
      running.close();
      LOG.debug("{}: object {} had no successor and is closed", key.bundle, key.object);
    }
  }

  private final class BundleCustody implements Custody {
    private final Bundle owner;

    BundleCustody(Bundle owner) {
      this.owner = owner;
    }

    @Override
    public boolean keep(String name, RunningObject running) {
      if (!isBeingReplaced()) {
        return false;
      }
      Key key = new Key(owner.getSymbolicName(), name);
      synchronized (engine) {
        Waiting former = waiting.get(key);
        if (former != null) {
          discard(key, former.running);
        }
        waiting.put(
            key,
            new Waiting(
                running,
                timer.schedule(() -> discard(key, running), GRACE_SECONDS, TimeUnit.SECONDS)));
      }
      return true;
    }

    @Override
    public RunningObject take(String name) {
      synchronized (engine) {
        Waiting entry = waiting.remove(new Key(owner.getSymbolicName(), name));
        if (entry == null) {
          return null;
        }
        entry.end.cancel(false);
        return entry.running;
      }
    }

    /** Stopping, but meant to run, in a framework that goes on: an update or a refresh. */
    private boolean isBeingReplaced() {
      BundleStartLevel level = owner.adapt(BundleStartLevel.class);
      return owner.getState() == Bundle.STOPPING
          && level != null
          && level.isPersistentlyStarted()
          && context.getBundle(0).getState() != Bundle.STOPPING
          && !timer.isShutdown();
    }
  }
}
