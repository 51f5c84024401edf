package io.rezolus.core.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Says what keeps a bundle from being resolved. */
final class MissingRequirement {
  private static final Pattern VERSION = Pattern.compile("\\(version>=([^)]*)\\)");

  private final FrameworkWiring wiring;

  MissingRequirement(FrameworkWiring wiring) {
    this.wiring = wiring;
  }

  /** The first requirement that nothing installed satisfies, or null where there is none. */
  String of(Bundle bundle) {
    return of(bundle, new HashSet<>());
  }

  private String of(Bundle bundle, Set<Bundle> visited) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || !visited.add(bundle)) {
      return null;
    }
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      String problem = mandatory(requirement) ? of(requirement, visited) : null;
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private String of(BundleRequirement requirement, Set<Bundle> visited) {
    Collection<BundleCapability> providers = wiring.findProviders(requirement);
    String inner = null;
    for (BundleCapability provider : providers) {
      Bundle bundle = provider.getRevision().getBundle();
      if (bundle.getState() != Bundle.INSTALLED) {
        return null;
      }
      inner = of(bundle, visited);
      if (inner == null) {
        return null;
      }
    }
    return providers.isEmpty()
        ? "no bundle provides " + words(requirement)
        : words(requirement) + " comes from a bundle that cannot be resolved: " + inner;
  }

  private static boolean mandatory(BundleRequirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
    String effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    return !"optional".equals(resolution)
        && !"dynamic".equals(resolution)
        && (effective == null || effective.equals("resolve"));
  }

  private static String words(BundleRequirement requirement) {
    String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    String namespace = requirement.getNamespace();
    if (filter == null) {
      return namespace;
    }
    Matcher name =
        Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]*)\\)").matcher(filter);
    if (!namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) || !name.find()) {
      return namespace + ' ' + filter;
    }
    Matcher version = VERSION.matcher(filter);
    return "package "
        + name.group(1)
        + (version.find() ? " of version " + version.group(1) + " or its successors" : "");
  }
}
