package io.rezolus.core.cli;

import java.util.ArrayList;
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

  /** Asks until the service is there, {@code end} is reached or {@code millis} have passed. */
  static Listeners await(BundleContext context, CountDownLatch end, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < deadline) {
      List<String> endpoints = endpoints(context);
      if (!endpoints.isEmpty()) {
        return new Listeners(endpoints, null);
      }
      if (end.await(20, TimeUnit.MILLISECONDS)) {
        return new Listeners(List.of(), "stopped before it was ready");
      }
    }
    return new Listeners(List.of(), "the HTTP service does not come up; see the log above");
  }

  private static List<String> endpoints(BundleContext context) {
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
        } else if (value instanceof java.util.Collection<?> several) {
          several.forEach(each -> endpoints.add(each.toString()));
        } else if (value != null) {
          endpoints.add(value.toString());
        }
      }
    }
    return endpoints;
  }
}
