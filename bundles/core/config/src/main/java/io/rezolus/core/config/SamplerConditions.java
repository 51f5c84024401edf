package io.rezolus.core.config;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/** The condition service of each enabled sampler, without which its component stays inactive. */
final class SamplerConditions {
  private final BundleContext context;
  private final Map<String, ServiceRegistration<Condition>> registered = new HashMap<>();

  SamplerConditions(BundleContext context) {
    this.context = context;
  }

  /** Takes away the conditions of samplers that do not pass. */
  void withdraw(Predicate<String> enabled) {
    for (String sampler : new TreeSet<>(registered.keySet())) {
      if (!enabled.test(sampler)) {
        registered.remove(sampler).unregister();
      }
    }
  }

  /** Registers exactly the conditions of these samplers. */
  void set(Set<String> enabled) {
    withdraw(enabled::contains);
    for (String sampler : enabled) {
      if (!registered.containsKey(sampler)) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, ConfigPids.SAMPLER_PREFIX + sampler);
        registered.put(
            sampler, context.registerService(Condition.class, Condition.INSTANCE, properties));
      }
    }
  }
}
