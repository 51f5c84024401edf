/** Durations as people write them. */
@Export
@Version("1.0.0")
package io.rezolus.core.api.time;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
