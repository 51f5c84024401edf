/** Snapshots kept one after another while a recording is under way, and their way into parquet. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.spool;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
