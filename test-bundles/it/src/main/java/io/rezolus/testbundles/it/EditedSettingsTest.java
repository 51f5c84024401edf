package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.core.api.sampler.Sampler;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class EditedSettingsTest {
  private final BundleContext context =
      FrameworkUtil.getBundle(EditedSettingsTest.class).getBundleContext();
  private final RunningAgent agent = new RunningAgent();

  /** One that is made anew counts from zero, which readers take for a restart of the agent. */
  @Test
  void no_sampler_is_made_anew_because_a_setting_of_it_changed() throws Exception {
    agent.await("samplers", () -> agent.counters("rezolus_rusage"), map -> !map.isEmpty());
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    Map<ServiceReference<Sampler>, Sampler> before = new HashMap<>();
    for (ServiceReference<Sampler> reference : context.getServiceReferences(Sampler.class, null)) {
      before.put(reference, context.getService(reference));
    }
    assertFalse(before.isEmpty());
    Map<Configuration, Dictionary<String, Object>> original = new HashMap<>();
    try {
      for (ServiceReference<Sampler> reference : before.keySet()) {
        Configuration configuration =
            admin.getConfiguration("io.rezolus.sampler." + before.get(reference).name(), "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        original.put(configuration, properties);
        Dictionary<String, Object> edited = properties == null ? new Hashtable<>() : properties;
        edited.put("interval", "30s");
        configuration.update(edited);
      }
      for (Map.Entry<ServiceReference<Sampler>, Sampler> each : before.entrySet()) {
        ServiceReference<Sampler> reference = each.getKey();
        String name = each.getValue().name();
        agent.await(
            name + " with its new interval",
            () -> String.valueOf(reference.getProperty("interval")),
            "30s"::equals);
        assertSame(each.getValue(), context.getService(reference), name);
        context.ungetService(reference);
      }
    } finally {
      for (Map.Entry<Configuration, Dictionary<String, Object>> each : original.entrySet()) {
        if (each.getValue() == null) {
          each.getKey().delete();
        } else {
          each.getValue().remove("interval");
          each.getKey().update(each.getValue());
        }
      }
      before.keySet().forEach(context::ungetService);
    }
  }
}
