package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The agent's main service at work, as it is after a start from the command line. */
class BusyPortTest {
  private static final String HTTP = "org.apache.felix.http";
  private static final String PORT = "org.osgi.service.http.port";

  private final BundleContext context =
      FrameworkUtil.getBundle(BusyPortTest.class).getBundleContext();
  private final RunningAgent agent = new RunningAgent();
  private Configuration http;
  private Dictionary<String, Object> original;
  private Bundle command;
  private Thread foreground;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void run_the_main_service() throws Exception {
    http =
        context
            .getService(context.getServiceReference(ConfigurationAdmin.class))
            .getConfiguration(HTTP, "?");
    original = http.getProperties();
    ServiceReference<?> main =
        context.getServiceReferences(ToIntFunction.class.getName(), "(rezolus.main=agent)")[0];
    command = main.getBundle();
    ToIntFunction<String[]> service = (ToIntFunction<String[]>) context.getService(main);
    foreground = new Thread(() -> service.applyAsInt(new String[0]), "agent-main");
    foreground.start();
    // it has printed the start line and waits for news
    agent.await("ready", foreground::getState, state -> state == Thread.State.WAITING);
  }

  @AfterEach
  void end_it() throws Exception {
    http.update(original);
    command.stop();
    foreground.join();
    command.start();
    Signal.handle(new Signal("INT"), SignalHandler.SIG_DFL);
    Signal.handle(new Signal("TERM"), SignalHandler.SIG_DFL);
  }

  @Test
  void an_agent_moved_to_a_busy_port_takes_it_once_it_is_free() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      Hashtable<String, Object> moved = new Hashtable<>();
      for (String key : Collections.list(original.keys())) {
        moved.put(key, original.get(key));
      }
      moved.put(PORT, port);
      http.update(moved);
      agent.await("the former port given up", this::ports, Set::isEmpty);
    }
    agent.await("the new port", this::ports, ports -> ports.contains(port));
    assertTrue(agent.get("/status").contains("version"));
  }

  private Set<Integer> ports() {
    Set<Integer> ports = new TreeSet<>();
    ServiceReference<?> runtime =
        context.getServiceReference("org.osgi.service.servlet.runtime.HttpServiceRuntime");
    if (runtime != null
        && runtime.getProperty("osgi.http.endpoint") instanceof String[] endpoints) {
      for (String endpoint : endpoints) {
        ports.add(URI.create(endpoint).getPort());
      }
    }
    return ports;
  }
}
