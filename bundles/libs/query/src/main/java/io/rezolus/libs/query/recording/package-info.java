/** Recordings as sources of series. */
@Export
@Version("1.0.0")
package io.rezolus.libs.query.recording;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
