package io.rezolus.core.cli;

import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.snapshot.SamplerInventory;
import java.io.IOException;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The agent in the foreground: says on standard error when it is ready and where, then waits for
 * SIGINT, SIGTERM or a stop of the framework, and logs where it listens when that changes. The
 * launcher calls this service and exits with the result.
 */
@Component(
    service = {ToIntFunction.class, ConfigurationListener.class},
    property = "rezolus.main=agent")
public final class AgentMain implements ToIntFunction<String[]>, ConfigurationListener {
  private static final Logger LOG = LoggerFactory.getLogger(AgentMain.class);
  private static final String HTTP_PID = "org.apache.felix.http";

  /** How long the HTTP service may take to let go of the address it had. */
  private static final long MOVE_MILLIS = 500;

  private static final long PATIENCE_MILLIS = 10_000;
  private static final long RETRY_MILLIS = 1000;

  /** A property that only makes one configuration differ from the one before. */
  private static final String ATTEMPT = "io.rezolus.http.attempt";

  private final BundleContext context;
  private final CountDownLatch end = new CountDownLatch(1);

  /** One permit for each change of the address that was not looked into yet, and one at the end. */
  private final Semaphore news = new Semaphore(0);

  /** Where it listens, as last told. */
  private List<String> announced = List.of();

  private long attempts;

  @Activate
  public AgentMain(BundleContext context) {
    this.context = context;
  }

  @Deactivate
  void deactivate() {
    end();
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getPid().equals(HTTP_PID)) {
      news.release();
    }
  }

  @Override
  public int applyAsInt(String[] args) {
    Signal.handle(new Signal("INT"), signal -> end());
    Signal.handle(new Signal("TERM"), signal -> end());
    try {
      if (!ready()) {
        return ExitCode.FAILURE;
      }
      watchAddress();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private void end() {
    end.countDown();
    news.release();
  }

  /** Returns at the end. An address that cannot be used costs the scrapes, so it must be known. */
  private void watchAddress() throws InterruptedException {
    while (end.getCount() > 0) {
      if (!announced.isEmpty()) {
        news.acquire();
      } else if (!news.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        bindAgain();
        continue;
      }
      if (end.await(MOVE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      news.drainPermits();
      Dictionary<String, Object> http = httpConfiguration();
      if (http == null) {
        continue;
      }
      Listeners listeners = Listeners.await(context, http, end, PATIENCE_MILLIS);
      if (!listeners.endpoints().isEmpty()) {
        if (!listeners.endpoints().equals(announced)) {
          announced = listeners.endpoints();
          LOG.info("listening on {}", String.join(" ", announced));
        }
      } else if (end.getCount() > 0) {
        announced = List.of();
        LOG.error(
            "{}; it is tried again every second, until then nobody can scrape this agent",
            listeners.problem());
      }
    }
  }

  /** The HTTP service tries once, when it is configured; so it is configured anew once it can. */
  private void bindAgain() {
    Dictionary<String, Object> http = httpConfiguration();
    if (http == null || Listeners.problem(http) != null) {
      return;
    }
    attempts++;
    http.put(ATTEMPT, attempts); // what stays the same it would ignore
    withHttpConfiguration(
        configuration -> {
          configuration.update(http);
          return null;
        });
  }

  /** Waits for samplers and HTTP and prints the start line, or why there is none. */
  private boolean ready() throws InterruptedException {
    ServiceTracker<SamplerInventory, SamplerInventory> inventories =
        new ServiceTracker<>(context, SamplerInventory.class, null);
    inventories.open();
    try {
      SamplerInventory inventory = inventories.waitForService(PATIENCE_MILLIS);
      Dictionary<String, Object> http = httpConfiguration();
      if (inventory == null || http == null) {
        return false; // who could not start has logged it
      }
      Listeners listeners = Listeners.await(context, http, end, PATIENCE_MILLIS);
      if (listeners.endpoints().isEmpty()) {
        System.err.println("rezolus: " + listeners.problem());
        return false;
      }
      announced = listeners.endpoints();
      StartReport.print(inventory, announced, System.err);
      return true;
    } finally {
      inventories.close();
    }
  }

  /** Present once the agent's configuration was found good, else null. */
  private Dictionary<String, Object> httpConfiguration() {
    return withHttpConfiguration(Configuration::getProperties);
  }

  private <T> T withHttpConfiguration(Use<T> use) {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    try {
      Configuration[] found =
          context.getService(reference).listConfigurations("(service.pid=" + HTTP_PID + ")");
      return found == null ? null : use.of(found[0]);
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } finally {
      context.ungetService(reference);
    }
  }

  private interface Use<T> {
    T of(Configuration configuration) throws IOException;
  }
}
