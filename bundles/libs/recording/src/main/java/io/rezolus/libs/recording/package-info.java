/** Recordings in parquet files: written from snapshots, read by column. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
