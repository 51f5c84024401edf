/** Several recordings as one: rows joined by time, columns and metadata told apart by source. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.combine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
