package io.rezolus.analysis.viewer;

import io.rezolus.libs.client.BoundedGet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The HTTP service of this process: off until it is told where to listen. */
final class HttpService {
  private static final String PID = "org.apache.felix.http";
  private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final String ENDPOINT = "osgi.http.endpoint";
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 20;

  private static final String PROBE = "/api/v1/capture";
  private static final Duration PROBE_BOUND = Duration.ofSeconds(2);

  private final BoundedGet http = new BoundedGet();
  private final BundleContext context;
  private final ConfigurationAdmin configurations;

  HttpService(BundleContext context, ConfigurationAdmin configurations) {
    this.context = context;
    this.configurations = configurations;
  }

  /**
   * Listens at an address and returns once all of its routes answer.
   *
   * @throws IOException when it does not; the message says why
   */
  void listen(ListenAddress address) throws IOException {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("org.apache.felix.http.host", address.host());
    properties.put("org.osgi.service.http.port", address.port());
    Configuration configuration = configurations.getConfiguration(PID, "?");
    configuration.update(properties);
    try {
      for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
        if (announces(address.port()) && answers(address)) {
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    throw new IOException("the HTTP service does not come up; -v shows why");
  }

  /** Listening comes first and the routes come later, one by one. */
  private boolean answers(ListenAddress address) {
    URI route = URI.create("http://" + address.reachable() + PROBE);
    try {
      http.get(route, PROBE_BOUND);
      return true;
    } catch (IOException e) {
      return false; // asked again
    }
  }

  private boolean announces(int port) {
    try {
      ServiceReference<?>[] references = context.getAllServiceReferences(RUNTIME, null);
      if (references == null) {
        return false;
      }
      for (ServiceReference<?> reference : references) {
        Object value = reference.getProperty(ENDPOINT);
        Collection<?> endpoints =
            value instanceof String[] several
                ? java.util.List.of(several)
                : value instanceof Collection<?> several
                    ? several
                    : value == null ? java.util.List.of() : java.util.List.of(value);
        for (Object endpoint : endpoints) {
          if (URI.create(endpoint.toString()).getPort() == port) {
            return true;
          }
        }
      }
      return false;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
