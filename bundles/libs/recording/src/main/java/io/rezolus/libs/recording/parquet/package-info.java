/** Recordings in parquet files, and the Arrow schema that describes their columns. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.parquet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
