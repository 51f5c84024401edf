package io.rezolus.core.http;

import io.rezolus.core.api.http.HttpListener;
import io.rezolus.core.api.http.ListenAddress;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/** Configures the Felix HTTP service and waits until it serves at the address. */
@Component(service = {HttpListener.class, WhiteboardListener.class})
public final class WhiteboardListener implements HttpListener {
  private static final String PID = "org.apache.felix.http";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MILLIS = 5;
  private static final int PROBE_MILLIS = 10_000;

  private final Routes routes;
  private final ConfigurationAdmin configurations;
  private final RequestGate gate;
  private ListenAddress listening;
  private long attempts;

  @Activate
  public WhiteboardListener(
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference RequestGate gate) {
    routes = new Routes(context);
    this.configurations = configurations;
    this.gate = gate;
  }

  /** Where it listens, also after a change that failed; null where it does not. */
  synchronized ListenAddress listening() {
    return listening;
  }

  @Override
  public synchronized ListenAddress listen(ListenAddress wanted, String route) throws IOException {
    ListenAddress former = listening;
    if (wanted.equals(former)) {
      return former;
    }
    ListenAddress address = free(wanted, former);
    try {
      move(address, route);
    } catch (IOException e) {
      if (former != null) {
        move(former, route);
      }
      throw e;
    }
    return address;
  }

  private void move(ListenAddress address, String route) throws IOException {
    ServiceReference<HttpServiceRuntime> former = routes.service();
    gate.shut();
    listening = null;
    configure(address);
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (System.nanoTime() < end) {
        ServiceReference<HttpServiceRuntime> service = routes.service();
        if (service != null && !service.equals(former) && routes.completeIn(service)) {
          gate.open();
          if (answers(address, route)) {
            listening = address;
            return;
          }
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    throw new IOException("the HTTP service does not come up");
  }

  private void configure(ListenAddress address) throws IOException {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("org.apache.felix.http.host", address.host());
    properties.put("org.osgi.service.http.port", address.port());
    // how the gate gets to see the requests
    properties.put("org.apache.felix.proxy.load.balancer.connection.enable", "true");
    // it tries once for a configuration, and what stays the same it would ignore
    attempts++;
    properties.put("io.rezolus.http.attempt", attempts);
    configurations.getConfiguration(PID, "?").update(properties);
  }

  /**
   * The HTTP service only logs what keeps it from listening; this says it to the caller. A port
   * that this process has already is not free, and yet it can be had at another address. The probe
   * is bound and does not listen, so that nobody connects to it.
   */
  private static ListenAddress free(ListenAddress address, ListenAddress former)
      throws IOException {
    boolean own = former != null && former.port() == address.port();
    try (Socket probe = new Socket()) {
      probe.setReuseAddress(true); // connections of the past are no obstacle
      InetAddress host = InetAddress.getByName(address.host());
      probe.bind(new InetSocketAddress(host, own ? 0 : address.port()));
      return own ? address : new ListenAddress(address.host(), probe.getLocalPort());
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
}
