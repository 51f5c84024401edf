/** Prometheus text exposition: read, and turned into the snapshots that recordings are made of. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.prometheus;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
