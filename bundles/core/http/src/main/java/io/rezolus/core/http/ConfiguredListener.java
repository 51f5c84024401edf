package io.rezolus.core.http;

import io.rezolus.core.api.http.ConfiguredAddress;
import io.rezolus.core.api.http.ListenAddress;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens where the configuration says, from the end of the framework's start on: before, samplers
 * and routes are missing. An address that cannot be had is tried every second; meanwhile the one
 * before serves on.
 */
@Component(
    service = ConfiguredAddress.class,
    immediate = true,
    configurationPid = ConfiguredListener.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredListener implements ConfiguredAddress {
  /** With the properties {@code host} and {@code port}. */
  static final String PID = "io.rezolus.http";

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredListener.class);
  private static final String ROUTE = "/";
  private static final long START_POLL_MILLIS = 5;
  private static final long RETRY_MILLIS = 1000;

  private final Bundle framework;
  private final WhiteboardListener listener;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ConfiguredListener::daemon);

  /** What it was told when it last came to listen; a port of 0 is another each time. */
  private ListenAddress settled;

  private volatile ListenAddress wanted;
  private volatile ListenAddress listening;
  private volatile String problem;

  @Activate
  public ConfiguredListener(
      BundleContext context,
      Map<String, Object> configuration,
      @Reference WhiteboardListener listener) {
    framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
    this.listener = listener;
    wanted = address(configuration);
    later(0);
  }

  @Modified
  void modified(Map<String, Object> configuration) {
    wanted = address(configuration);
    later(0);
  }

  @Deactivate
  void deactivate() throws InterruptedException {
    thread.shutdownNow();
    thread.awaitTermination(1, TimeUnit.SECONDS);
  }

  @Override
  public ListenAddress listening() {
    return listening;
  }

  @Override
  public String problem() {
    return problem;
  }

  private void apply() {
    ListenAddress target = wanted;
    if (framework.getState() == Bundle.STARTING) {
      later(START_POLL_MILLIS);
      return;
    }
    ListenAddress before = listening;
    if (before != null && target.equals(settled)) {
      problem = null;
      return;
    }
    try {
      ListenAddress now = listener.listen(target, ROUTE);
      problem = null;
      settled = target;
      listening = now;
      if (before != null && !now.equals(before)) {
        LOG.info("listening on http://{}/", now);
      }
    } catch (IOException e) {
      listening = listener.listening();
      if (!thread.isShutdown()) {
        tell(target, BindProblem.of(e));
        later(RETRY_MILLIS);
      }
    } catch (RuntimeException e) {
      LOG.error("http://{}/ is not listened on", target, e);
    }
  }

  /** Once for each; what keeps the process from starting is for who started it to tell. */
  private void tell(ListenAddress target, String why) {
    String said = target + ": cannot listen here: " + why;
    boolean news = !said.equals(problem);
    boolean first = problem == null && listening == null;
    problem = said;
    if (!news || first) {
      return;
    }
    if (listening == null) {
      LOG.error(
          "{}; it is tried again every second, until then nobody can scrape this agent", said);
    } else {
      LOG.error("{}; it stays at {} and tries again every second", said, listening);
    }
  }

  private void later(long millis) {
    try {
      thread.schedule(this::apply, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopped; it listens nowhere new");
    }
  }

  private static ListenAddress address(Map<String, Object> configuration) {
    return new ListenAddress(
        String.valueOf(configuration.get("host")),
        Integer.parseInt(String.valueOf(configuration.get("port"))));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "rezolus-listen");
    thread.setDaemon(true);
    return thread;
  }
}
