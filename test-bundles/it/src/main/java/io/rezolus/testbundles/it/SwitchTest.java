package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class SwitchTest {
  private final BundleContext context =
      FrameworkUtil.getBundle(SwitchTest.class).getBundleContext();
  private final RunningAgent agent = new RunningAgent();

  @Test
  void a_property_switches_one_sampler_off_and_on_again() throws Exception {
    agent.await("vmstat", () -> agent.counters("memory_vmstat"), map -> !map.isEmpty());
    enabled("memory_vmstat", false);
    agent.await("no vmstat", () -> agent.counters("memory_vmstat"), Map::isEmpty);
    assertEquals("disabled", state("memory_vmstat"));
    assertEquals("active", state("memory_meminfo"));
    enabled("memory_vmstat", true);
    agent.await("vmstat", () -> agent.counters("memory_vmstat"), map -> !map.isEmpty());
    assertEquals("active", state("memory_vmstat"));
  }

  @Test
  void a_property_of_the_agent_holds_at_once_and_a_wrong_one_changes_nothing() throws Exception {
    Configuration configuration = configuration("io.rezolus.agent");
    Dictionary<String, Object> original = configuration.getProperties();
    try {
      Dictionary<String, Object> changed = configuration.getProperties();
      changed.put("ttl", "123ms");
      configuration.update(changed);
      agent.await("the new time to live", this::ttl, Long.valueOf(123)::equals);
      changed.put("ttl", "soon");
      configuration.update(changed);
      changed.put("snapshot_format", "v2");
      configuration.update(changed);
      agent.await(
          "the older format",
          () -> agent.get("/metrics/json"),
          body -> JsonParser.parseString(body).getAsJsonObject().has("counters"));
      assertEquals(123, ttl());
    } finally {
      configuration.update(original);
    }
    agent.await("the former time to live", this::ttl, Long.valueOf(10)::equals);
    agent.await("a V3 snapshot", () -> agent.counters("rezolus_rusage"), map -> !map.isEmpty());
  }

  @Test
  void scrapes_never_miss_their_route_while_the_agents_settings_change() throws Exception {
    Configuration configuration = configuration("io.rezolus.agent");
    Dictionary<String, Object> original = configuration.getProperties();
    try {
      for (int i = 0; i < 20; i++) {
        Dictionary<String, Object> changed = configuration.getProperties();
        changed.put("ttl", (11 + i) + "ms");
        configuration.update(changed);
        for (int j = 0; j < 5; j++) {
          agent.get("/metrics/binary"); // throws unless it is answered
          agent.get("/metrics/json");
        }
      }
    } finally {
      configuration.update(original);
    }
  }

  private long ttl() throws Exception {
    return JsonParser.parseString(agent.get("/status")).getAsJsonObject().get("ttl_ms").getAsLong();
  }

  private String state(String sampler) throws Exception {
    Optional<JsonObject> found = agent.sampler(sampler);
    return found.isEmpty() ? "absent" : found.get().get("state").getAsString();
  }

  private void enabled(String sampler, boolean value) throws Exception {
    Configuration configuration = configuration("io.rezolus.sampler." + sampler);
    Dictionary<String, Object> properties = configuration.getProperties();
    properties = properties == null ? new Hashtable<>() : properties;
    properties.put("enabled", value);
    configuration.update(properties);
  }

  private Configuration configuration(String pid) throws Exception {
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    return admin.getConfiguration(pid, "?");
  }
}
