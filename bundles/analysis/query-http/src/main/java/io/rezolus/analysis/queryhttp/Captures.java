package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.capture.Capture;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captures that are registered, the first one first. */
@Component(service = Captures.class)
public final class Captures {
  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

  private final List<Capture> captures = new ArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addCapture(Capture capture) {
    captures.add(capture);
  }

  synchronized void removeCapture(Capture capture) {
    captures.remove(capture);
  }

  /** What is registered, without a look at any of it. */
  synchronized List<Capture> known() {
    return List.copyOf(captures);
  }

  /**
   * All that there is: a file that has changed is looked at, and what it has more is registered.
   * One that cannot be read is among them and says why when it is asked for its series.
   */
  List<Capture> all() {
    List<Capture> known = known();
    for (int looked = 0; looked < known.size(); looked++) {
      try {
        known.get(looked).source();
      } catch (QueryException e) {
        LOG.debug("{}: {}", known.get(looked).id(), e.getMessage());
      }
      known = known();
    }
    return known;
  }

  /**
   * The capture that {@code id} names.
   *
   * @param id null for the default
   */
  Capture find(String id) throws ApiException {
    Capture found = find(known(), id);
    // it may be one of those that are new
    List<Capture> all = found == null ? all() : List.of();
    found = found == null ? find(all, id) : found;
    if (found != null) {
      return found;
    }
    if (all.isEmpty()) {
      throw ApiException.notFound("nothing is loaded that could be asked");
    }
    List<String> known = all.stream().map(Capture::id).toList();
    throw ApiException.notFound(
        "capture \"" + id + "\" is not loaded; there is " + String.join(", ", known));
  }

  private static Capture find(List<Capture> among, String id) {
    for (Capture capture : among) {
      if (id == null || capture.id().equals(id)) {
        return capture;
      }
    }
    return null;
  }
}
