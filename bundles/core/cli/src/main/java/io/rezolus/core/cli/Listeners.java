package io.rezolus.core.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Where this process's HTTP service listens.
 *
 * @param endpoints URLs; empty where there are none
 * @param problem why there are none, one line
 */
record Listeners(List<String> endpoints, String problem) {
  private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final String ENDPOINT = "osgi.http.endpoint";
  private static final int POLL_MILLIS = 20;

  /** How long our own connector may be bound before its endpoint is announced. */
  private static final int SETTLE_MILLIS = 500;

  /**
   * Asks until the service is there, {@code end} is reached or {@code millis} have passed.
   *
   * @param http what the HTTP service is configured with
   */
  static Listeners await(
      BundleContext context, Dictionary<String, Object> http, CountDownLatch end, long millis)
      throws InterruptedException {
    int occupied = 0;
    for (long waited = 0; waited < millis; waited += POLL_MILLIS) {
      List<String> endpoints = endpoints(context, port(http));
      if (!endpoints.isEmpty()) {
        return new Listeners(endpoints, null);
      }
      String problem = problem(http);
      occupied = problem == null ? 0 : occupied + POLL_MILLIS;
      if (occupied >= SETTLE_MILLIS) {
        return new Listeners(List.of(), problem);
      }
      if (end.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return new Listeners(List.of(), "stopped before it was ready");
      }
    }
    return new Listeners(
        List.of(), "the HTTP service does not come up; log level \"debug\" shows why");
  }

  /** Why nothing can listen at the configured address, or null when it is free. */
  static String problem(Dictionary<String, Object> http) {
    String host = String.valueOf(http.get("org.apache.felix.http.host"));
    int port = port(http);
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
      return null;
    } catch (IOException e) {
      return host
          + ":"
          + port
          + ": cannot listen here: "
          + e.getMessage()
          + "; stop what does or choose another general.listen";
    }
  }

  private static int port(Dictionary<String, Object> http) {
    return Integer.parseInt(String.valueOf(http.get("org.osgi.service.http.port")));
  }

  /** Those of a port, since a service that is about to move still announces the old one. */
  private static List<String> endpoints(BundleContext context, int port) {
    List<String> endpoints = new ArrayList<>();
    ServiceReference<?>[] references;
    try {
      references = context.getAllServiceReferences(RUNTIME, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (references != null) {
      for (ServiceReference<?> reference : references) {
        Object value = reference.getProperty(ENDPOINT);
        if (value instanceof String[] several) {
          endpoints.addAll(List.of(several));
        } else if (value instanceof Collection<?> several) {
          several.forEach(each -> endpoints.add(each.toString()));
        } else if (value != null) {
          endpoints.add(value.toString());
        }
      }
    }
    if (port != 0) {
      endpoints.removeIf(endpoint -> URI.create(endpoint).getPort() != port);
    }
    return endpoints;
  }
}
