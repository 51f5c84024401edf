package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.capture.Capture;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The captures that are registered, the first one first. */
@Component(service = Captures.class)
public final class Captures {
  private final List<Capture> captures = new ArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addCapture(Capture capture) {
    captures.add(capture);
  }

  synchronized void removeCapture(Capture capture) {
    captures.remove(capture);
  }

  synchronized List<Capture> all() {
    return List.copyOf(captures);
  }

  /**
   * The capture that {@code id} names.
   *
   * @param id null for the default
   */
  synchronized Capture find(String id) throws ApiException {
    if (id == null && !captures.isEmpty()) {
      return captures.get(0);
    }
    for (Capture capture : captures) {
      if (capture.id().equals(id)) {
        return capture;
      }
    }
    if (captures.isEmpty()) {
      throw ApiException.notFound("nothing is loaded that could be asked");
    }
    List<String> known = captures.stream().map(Capture::id).toList();
    throw ApiException.notFound(
        "capture \"" + id + "\" is not loaded; there is " + String.join(", ", known));
  }
}
