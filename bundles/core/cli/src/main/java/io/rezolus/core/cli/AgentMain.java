package io.rezolus.core.cli;

import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.snapshot.SamplerInventory;
import java.io.IOException;
import java.util.Dictionary;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import sun.misc.Signal;

/**
 * The agent in the foreground: says on standard error when it is ready and where, then waits for
 * SIGINT, SIGTERM or a stop of the framework. The launcher calls this service and exits with the
 * result.
 */
@Component(service = ToIntFunction.class, property = "rezolus.main=agent")
public final class AgentMain implements ToIntFunction<String[]> {
  private static final long PATIENCE_MILLIS = 10_000;

  private final BundleContext context;
  private final CountDownLatch end = new CountDownLatch(1);

  @Activate
  public AgentMain(BundleContext context) {
    this.context = context;
  }

  @Deactivate
  void deactivate() {
    end.countDown();
  }

  @Override
  public int applyAsInt(String[] args) {
    Signal.handle(new Signal("INT"), signal -> end.countDown());
    Signal.handle(new Signal("TERM"), signal -> end.countDown());
    try {
      if (!ready()) {
        return ExitCode.FAILURE;
      }
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
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
      StartReport.print(inventory, listeners.endpoints(), System.err);
      return true;
    } finally {
      inventories.close();
    }
  }

  /** Present once the agent's configuration was found good, else null. */
  private Dictionary<String, Object> httpConfiguration() {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    try {
      Configuration[] found =
          context.getService(reference).listConfigurations("(service.pid=org.apache.felix.http)");
      return found == null ? null : found[0].getProperties();
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } finally {
      context.ungetService(reference);
    }
  }
}
