package io.rezolus.core.http;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.RuntimeDTO;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/** What the bundles of this framework serve, and the HTTP service that serves it. */
final class Routes {
  private final BundleContext context;

  Routes(BundleContext context) {
    this.context = context;
  }

  /** The running HTTP service, another one after each of its starts; null where there is none. */
  ServiceReference<HttpServiceRuntime> service() {
    return context.getServiceReference(HttpServiceRuntime.class);
  }

  /** Whether an HTTP service has looked at every servlet and filter there is. */
  boolean completeIn(ServiceReference<HttpServiceRuntime> reference) {
    HttpServiceRuntime service = context.getService(reference);
    if (service == null) {
      return false;
    }
    try {
      Set<Long> known = known(service.getRuntimeDTO());
      return known.containsAll(
              registered(Servlet.class, HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN))
          && known.containsAll(
              registered(Filter.class, HttpWhiteboardConstants.HTTP_WHITEBOARD_FILTER_PATTERN));
    } catch (IllegalStateException e) {
      return false; // it has just been stopped
    } finally {
      context.ungetService(reference);
    }
  }

  private static Set<Long> known(RuntimeDTO runtime) {
    Set<Long> known = new HashSet<>();
    for (ServletContextDTO each : runtime.servletContextDTOs) {
      Arrays.stream(each.servletDTOs).forEach(servlet -> known.add(servlet.serviceId));
      Arrays.stream(each.filterDTOs).forEach(filter -> known.add(filter.serviceId));
    }
    Arrays.stream(runtime.failedServletDTOs).forEach(servlet -> known.add(servlet.serviceId));
    Arrays.stream(runtime.failedFilterDTOs).forEach(filter -> known.add(filter.serviceId));
    return known;
  }

  private Set<Long> registered(Class<?> type, String property) {
    Set<Long> registered = new HashSet<>();
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(type.getName(), "(" + property + "=*)");
      Stream.ofNullable(found)
          .flatMap(Arrays::stream)
          .forEach(each -> registered.add((Long) each.getProperty(Constants.SERVICE_ID)));
      return registered;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e); // the filter is one of ours
    }
  }
}
