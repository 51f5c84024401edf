package io.rezolus.core.cli;

import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.http.ConfiguredAddress;
import io.rezolus.core.api.snapshot.SamplerInventory;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
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
  /** Present once the agent's configuration was found good. */
  private static final String HTTP_PID = "io.rezolus.http";

  private static final long PATIENCE_MILLIS = 30_000;
  private static final long POLL_MILLIS = 5;

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
    if (!configured()) {
      return false; // who found that out has told it
    }
    ServiceTracker<SamplerInventory, SamplerInventory> inventories =
        new ServiceTracker<>(context, SamplerInventory.class, null);
    ServiceTracker<ConfiguredAddress, ConfiguredAddress> addresses =
        new ServiceTracker<>(context, ConfiguredAddress.class, null);
    inventories.open();
    addresses.open();
    try {
      for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
        SamplerInventory inventory = inventories.getService();
        ConfiguredAddress address = addresses.getService();
        if (inventory != null && address != null) {
          if (address.listening() != null) {
            StartReport.print(inventory, "http://" + address.listening() + "/", System.err);
            return true;
          }
          if (address.problem() != null) {
            System.err.println("rezolus: " + address.problem());
            return false;
          }
        }
        if (end.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      System.err.println("rezolus: the agent does not come up; log level \"debug\" shows why");
      return false;
    } finally {
      inventories.close();
      addresses.close();
    }
  }

  private boolean configured() {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    try {
      return context.getService(reference).listConfigurations("(service.pid=" + HTTP_PID + ")")
          != null;
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } finally {
      context.ungetService(reference);
    }
  }
}
