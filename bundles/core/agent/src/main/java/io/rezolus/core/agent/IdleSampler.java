package io.rezolus.core.agent;

import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.SamplerStatus.State;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds out why a sampler that a bundle declares is not registered. */
final class IdleSampler {
  /** Name of the reference every component has to its satisfying condition. */
  private static final String CONDITION = "osgi.ds.satisfying.condition";

  /** Header of a bundle that has components. */
  private static final String COMPONENTS = "Service-Component";

  /** By then the runtime has read a bundle's components, or cannot. */
  private static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** When a bundle was first seen without the components it has, by its id. */
  private final Map<Long, Long> unread = new ConcurrentHashMap<>();

  private final Bundle framework;
  private final ServiceComponentRuntime components;
  private final MissingRequirement missing;

  IdleSampler(ServiceComponentRuntime components, FrameworkWiring wiring) {
    framework = wiring.getBundle();
    this.components = components;
    missing = new MissingRequirement(wiring);
  }

  /**
   * The state of a sampler without a service.
   *
   * @param name the sampler
   * @param bundle the bundle that declares it
   */
  SamplerStatus status(String name, Bundle bundle) {
    Entry entry = new Entry(name, bundle);
    switch (bundle.getState()) {
      case Bundle.INSTALLED:
        String requirement = missing.of(bundle);
        return requirement == null
            ? entry.disabled("bundle is not started")
            : entry.failed("bundle cannot be resolved: " + requirement);
      case Bundle.ACTIVE, Bundle.STARTING:
        break;
      default:
        return entry.disabled("bundle is stopped");
    }
    String pid = ProvidesSampler.PID_PREFIX + name;
    Collection<ComponentDescriptionDTO> descriptions =
        components.getComponentDescriptionDTOs(bundle);
    for (ComponentDescriptionDTO description : descriptions) {
      if (Arrays.asList(description.configurationPid).contains(pid)) {
        return component(entry, description);
      }
    }
    return bundle.getState() == Bundle.STARTING || awaited(bundle, descriptions)
        ? entry.disabled("it is starting")
        : entry.failed("the bundle declares it and has no component with configuration " + pid);
  }

  /**
   * Whether the component runtime has yet to look at a bundle: it does so when the bundle has
   * started, and for all bundles at once when it starts itself, in the middle of the others.
   */
  private boolean awaited(Bundle bundle, Collection<ComponentDescriptionDTO> descriptions) {
    if (!descriptions.isEmpty() || bundle.getHeaders("").get(COMPONENTS) == null) {
      unread.remove(bundle.getBundleId());
      return false;
    }
    long now = System.nanoTime();
    return framework.getState() == Bundle.STARTING
        || now - unread.computeIfAbsent(bundle.getBundleId(), id -> now) < UNREAD_NANOS;
  }

  private SamplerStatus component(Entry entry, ComponentDescriptionDTO description) {
    if (!components.isComponentEnabled(description)) {
      return entry.disabled("its component is disabled");
    }
    for (ComponentConfigurationDTO configuration :
        components.getComponentConfigurationDTOs(description)) {
      switch (configuration.state) {
        case ComponentConfigurationDTO.FAILED_ACTIVATION:
          return entry.notActivated(Reason.ofTrace(configuration.failure));
        case ComponentConfigurationDTO.UNSATISFIED_REFERENCE:
          return unsatisfied(entry, description, configuration.unsatisfiedReferences);
        case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION:
          return entry.failed("it has no configuration " + description.configurationPid[0]);
        default:
          // a component is activated when the agent gets it, which loads its programs
          return description.serviceInterfaces.length == 0
              ? entry.failed("its component offers no service")
              : entry.disabled("it is starting");
      }
    }
    return entry.failed("it has no configuration " + description.configurationPid[0]);
  }

  private SamplerStatus unsatisfied(
      Entry entry, ComponentDescriptionDTO description, UnsatisfiedReferenceDTO[] references) {
    for (UnsatisfiedReferenceDTO reference : references) {
      if (reference.name.equals(CONDITION)) {
        return entry.disabled("switched off in the configuration");
      }
    }
    for (ReferenceDTO reference : description.references) {
      if (references.length > 0 && reference.name.equals(references[0].name)) {
        ComponentDescriptionDTO own = provider(entry.source(), reference.interfaceName);
        if (own != null && !own.name.equals(description.name)) {
          return component(entry, own); // what that one lacks is what is missing
        }
        return entry.failed(
            "no service "
                + reference.interfaceName
                + (reference.target == null ? "" : " with " + reference.target)
                + "; its bundle is missing or stopped");
      }
    }
    return entry.failed("a service it needs is missing");
  }

  /** The component of the same bundle that offers a service, or null. */
  private ComponentDescriptionDTO provider(Bundle bundle, String service) {
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      if (Arrays.asList(description.serviceInterfaces).contains(service)) {
        return description;
      }
    }
    return null;
  }

  /** Whose state is to be told. */
  private record Entry(String name, Bundle source) {

    String bundle() {
      return source.getSymbolicName() + ' ' + source.getVersion();
    }

    SamplerStatus disabled(String reason) {
      return new SamplerStatus(name, State.DISABLED, reason, null, bundle(), 0);
    }

    SamplerStatus failed(String reason) {
      return new SamplerStatus(name, State.FAILED, reason, null, bundle(), 0);
    }

    /** A host that lacks something is no fault of the sampler: it is there and has nothing. */
    SamplerStatus notActivated(Reason reason) {
      if (!reason.unsupported()) {
        return failed(reason.text());
      }
      SamplerHealth health =
          SamplerHealth.of(List.of(ProgramStatus.unsupported(name, reason.text())));
      return new SamplerStatus(name, State.ACTIVE, reason.text(), health, bundle(), 0);
    }
  }
}
