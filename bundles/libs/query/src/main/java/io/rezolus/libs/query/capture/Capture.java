package io.rezolus.libs.query.capture;

import io.rezolus.libs.query.CatalogSource;
import java.util.function.Supplier;

/**
 * A recording or a live agent that can be asked. Registered as a service of this type, it is
 * offered over HTTP for as long as the registration lasts; the first registered one is asked by
 * default.
 *
 * @param id what requests name it by, unique in a process
 * @param current its series as they are now; throws a QueryException when they cannot be had
 * @param origin file name or URL it comes from
 * @param alias what people shall see in place of the origin; may be null
 * @param live whether it grows
 */
public record Capture(
    String id, Supplier<CatalogSource> current, String origin, String alias, boolean live) {
  /** One whose source is the same at all times. */
  public Capture(String id, CatalogSource source, String origin, String alias, boolean live) {
    this(id, () -> source, origin, alias, live);
  }

  /**
   * Its series. A file that is being written is looked at anew: a query asks one source, which
   * stays what it is.
   */
  public CatalogSource source() {
    return current.get();
  }
}
