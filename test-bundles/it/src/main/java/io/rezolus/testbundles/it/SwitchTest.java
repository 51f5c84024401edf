package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
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

  private String state(String sampler) throws Exception {
    Optional<JsonObject> found = agent.sampler(sampler);
    return found.isEmpty() ? "absent" : found.get().get("state").getAsString();
  }

  private void enabled(String sampler, boolean value) throws Exception {
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    Configuration configuration = admin.getConfiguration("io.rezolus.sampler." + sampler, "?");
    Dictionary<String, Object> properties = configuration.getProperties();
    properties = properties == null ? new Hashtable<>() : properties;
    properties.put("enabled", value);
    configuration.update(properties);
  }
}
