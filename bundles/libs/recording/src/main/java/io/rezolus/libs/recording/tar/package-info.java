/** Recordings in tar files: archives of earlier versions, and pairs that are to be compared. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.tar;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
