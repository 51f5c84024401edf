package io.rezolus.core.http;

import io.rezolus.core.api.http.HttpListener;
import io.rezolus.core.api.http.ListenAddress;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Configures the Felix HTTP service and waits until it announces the address. */
@Component(service = HttpListener.class)
public final class WhiteboardListener implements HttpListener {
  private static final String PID = "org.apache.felix.http";
  private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final String ENDPOINT = "osgi.http.endpoint";
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 20;
  private static final int PROBE_MILLIS = 2000;

  private final BundleContext context;
  private final ConfigurationAdmin configurations;

  @Activate
  public WhiteboardListener(BundleContext context, @Reference ConfigurationAdmin configurations) {
    this.context = context;
    this.configurations = configurations;
  }

  @Override
  public ListenAddress listen(ListenAddress wanted, String route) throws IOException {
    ListenAddress address = free(wanted);
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("org.apache.felix.http.host", address.host());
    properties.put("org.osgi.service.http.port", address.port());
    Configuration configuration = configurations.getConfiguration(PID, "?");
    configuration.update(properties);
    try {
      for (long waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
        if (announces(address.port()) && answers(address, route)) {
          return address;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    throw new IOException("the HTTP service does not come up; -v shows why");
  }

  /** The HTTP service only logs what keeps it from listening; this says it to the caller. */
  private static ListenAddress free(ListenAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return new ListenAddress(address.host(), probe.getLocalPort());
    }
  }

  private static boolean answers(ListenAddress address, String route) {
    try {
      URI uri = URI.create("http://" + address.reachable() + route);
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status / 100 == 2;
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
        for (Object endpoint : endpoints(reference.getProperty(ENDPOINT))) {
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

  private static Collection<?> endpoints(Object property) {
    if (property instanceof String[] several) {
      return List.of(several);
    }
    if (property instanceof Collection<?> several) {
      return several;
    }
    return property == null ? List.of() : List.of(property);
  }
}
