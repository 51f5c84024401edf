package io.rezolus.outputs.hindsight;

import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;

/** Connects the routes, which are there as long as the bundle, with the buffer while it runs. */
@Component(service = Routes.class)
public final class Routes {
  private final AtomicReference<Hindsight> current = new AtomicReference<>();

  void open(Hindsight hindsight) {
    current.set(hindsight);
  }

  void close() {
    current.set(null);
  }

  /** The running buffer, or null. */
  Hindsight current() {
    return current.get();
  }
}
