package io.rezolus.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Felix with a mode's bundles and calls the mode's main service: a {@code
 * ToIntFunction<String[]>} with the property {@code rezolus.main}, {@code agent} or {@code
 * command}, which gets the arguments and returns the exit status.
 */
final class ModeRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModeRunner.class);
  private static final String MAIN = "rezolus.main";
  private static final String STOP = "rezolus.stop";
  private static final long STOP_MILLIS = 5_000;

  private final PrivateDirectory directory;
  private final Framework framework;

  ModeRunner(Home home, Invocation invocation) throws IOException, BundleException {
    directory = new PrivateDirectory();
    FrameworkSettings.unpackNativesBelow(directory.path());
    Map<String, String> settings = FrameworkSettings.of(home, invocation, directory.path());
    framework = new FrameworkFactory().newFramework(settings);
    framework.init();
    BundleContext context = framework.getBundleContext();
    context.addFrameworkListener(ModeRunner::report);
    // whatever starts passes here, in the thread that starts it
    context.addBundleListener((SynchronousBundleListener) event -> directory.holdAtExit());
    context.addServiceListener(event -> directory.holdAtExit());
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : home.bundles(invocation.mode())) {
      bundles.add(context.installBundle("reference:" + jar.toUri()));
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
        // lazily where the bundle allows: its classes load when its first service is used
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    // starts them all; the framework counts as active when the last one is done
    framework.start();
    directory.started();
  }

  /** Waits for the main service and runs it. */
  int run(Invocation invocation) throws InterruptedException, LaunchException {
    String kind = invocation.isAgent() ? "agent" : "command";
    ServiceTracker<ToIntFunction<String[]>, ToIntFunction<String[]>> tracker =
        new ServiceTracker<>(framework.getBundleContext(), filter(kind), null);
    tracker.open();
    try {
      ToIntFunction<String[]> main = tracker.waitForService(10_000);
      if (main == null) {
        throw new LaunchException(
            LaunchException.INTERNAL,
            "no bundle of mode "
                + invocation.mode()
                + " offers the service "
                + MAIN
                + "="
                + kind
                + "; the distribution is incomplete, unpack or build it again");
      }
      return main.applyAsInt(invocation.arguments().toArray(String[]::new));
    } finally {
      tracker.close();
    }
  }

  /**
   * Runs what must come first at a stop: each {@code Runnable} with the property {@code
   * rezolus.stop}.
   */
  private void prepareStop() {
    BundleContext context = framework.getBundleContext();
    if (context == null || framework.getState() != Bundle.ACTIVE) {
      return; // somebody else has stopped it
    }
    try {
      for (ServiceReference<Runnable> reference :
          context.getServiceReferences(Runnable.class, "(" + STOP + "=*)")) {
        Runnable first = context.getService(reference);
        if (first != null) {
          first.run();
        }
      }
    } catch (InvalidSyntaxException | RuntimeException e) {
      LOG.warn("the stop is not as it should be: {}", e.toString());
    }
  }

  /** Stops every bundle, last started first, and removes what they unpacked. Idempotent. */
  @Override
  public void close() {
    prepareStop();
    try {
      framework.stop();
      framework.waitForStop(STOP_MILLIS);
    } catch (BundleException e) {
      LOG.warn("the framework does not stop: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      directory.close();
    }
  }

  /**
   * A bundle that does not start costs only what it offers; the rest of the mode runs on. Errors of
   * services are not for here: the agent has the reason of a sampler that fails.
   */
  private static void report(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR
        && event.getThrowable() instanceof BundleException) {
      LOG.warn(
          "{} does not start: {}",
          event.getBundle().getSymbolicName(),
          event.getThrowable().getMessage());
    }
  }

  private Filter filter(String kind) {
    try {
      return framework
          .getBundleContext()
          .createFilter(
              "(&(objectClass=" + ToIntFunction.class.getName() + ")(" + MAIN + "=" + kind + "))");
    } catch (InvalidSyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
