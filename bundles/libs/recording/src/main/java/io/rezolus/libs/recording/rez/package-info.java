/**
 * Recordings in {@code .rez} archives of version 3: SQLite files that are valid at every moment.
 */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.rez;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
