package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.http.ConfiguredAddress;
import io.rezolus.core.api.http.ListenAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** Where the agent listens, as its configuration changes. */
class BusyPortTest {
  private static final String HTTP = "io.rezolus.http";

  private final BundleContext context =
      FrameworkUtil.getBundle(BusyPortTest.class).getBundleContext();
  private final RunningAgent agent = new RunningAgent();
  private ServiceTracker<ConfiguredAddress, ConfiguredAddress> address;
  private Configuration http;
  private Dictionary<String, Object> original;
  private ListenAddress before;

  @BeforeEach
  void find_out_where_it_listens() throws Exception {
    http =
        context
            .getService(context.getServiceReference(ConfigurationAdmin.class))
            .getConfiguration(HTTP, "?");
    original = http.getProperties();
    address = new ServiceTracker<>(context, ConfiguredAddress.class, null);
    address.open();
    before = agent.await("an address", this::listening, Objects::nonNull);
  }

  @AfterEach
  void go_back() throws Exception {
    ListenAddress last = listening();
    http.update(original);
    // nobody answers while it moves
    agent.await("the former settings", this::listening, now -> isBack(now, last));
    agent.await("no problem", this::problem, Objects::isNull);
    address.close();
    assertTrue(agent.get("/status").contains("version"));
  }

  @Test
  void an_agent_moved_to_a_busy_port_stays_and_takes_the_new_one_once_it_is_free()
      throws Exception {
    ListenAddress former = listening();
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      move("127.0.0.1", port);
      String problem = agent.await("a problem", this::problem, Objects::nonNull);
      assertTrue(problem.startsWith("127.0.0.1:" + port + ": cannot listen here: "), problem);
      assertTrue(problem.contains("stop what listens there or choose another"), problem);
      assertEquals(former, listening());
      assertTrue(agent.get("/status").contains("version"));
    }
    ListenAddress moved = new ListenAddress("127.0.0.1", port);
    agent.await("the new port", this::listening, moved::equals);
    assertTrue(agent.get("/status").contains("version"));
    assertEquals(null, problem());
  }

  @Test
  void the_own_port_can_be_had_at_another_address() throws Exception {
    ListenAddress wide = new ListenAddress("0.0.0.0", listening().port());
    move(wide.host(), wide.port());
    agent.await("all addresses", this::listening, wide::equals);
  }

  @Test
  void an_address_this_host_does_not_have_is_called_so() throws Exception {
    ListenAddress former = listening();
    move("192.0.2.1", former.port());
    String problem = agent.await("a problem", this::problem, Objects::nonNull);
    assertTrue(problem.contains("this host has no such address; choose one of its own"), problem);
    assertEquals(former, listening());
    assertNotNull(agent.get("/status"));
  }

  /** With port 0 it takes another free one, unless it had never left. */
  private boolean isBack(ListenAddress now, ListenAddress last) {
    int port = Integer.parseInt(String.valueOf(original.get("port")));
    return now != null
        && now.host().equals(original.get("host"))
        && (port == 0 ? last.equals(before) || !now.equals(last) : now.port() == port);
  }

  private void move(String host, int port) throws Exception {
    Hashtable<String, Object> moved = new Hashtable<>();
    moved.put("host", host);
    moved.put("port", port);
    http.update(moved);
  }

  private ListenAddress listening() {
    ConfiguredAddress service = address.getService();
    return service == null ? null : service.listening();
  }

  private String problem() {
    ConfiguredAddress service = address.getService();
    return service == null ? null : service.problem();
  }
}
