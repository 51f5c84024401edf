/** Opens recordings of any format. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.open;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
