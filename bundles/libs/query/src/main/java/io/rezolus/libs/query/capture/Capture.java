package io.rezolus.libs.query.capture;

import io.rezolus.libs.query.CatalogSource;

/**
 * A recording or a live agent that can be asked. Registered as a service of this type, it is
 * offered over HTTP for as long as the registration lasts; the first registered one is asked by
 * default.
 *
 * @param id what requests name it by, unique in a process
 * @param source its series
 * @param origin file name or URL it comes from
 * @param alias what people shall see in place of the origin; may be null
 * @param live whether it grows
 */
public record Capture(String id, CatalogSource source, String origin, String alias, boolean live) {}
