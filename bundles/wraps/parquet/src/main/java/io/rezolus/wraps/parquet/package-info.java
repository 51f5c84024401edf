/**
 * Parquet files whose columns are 64-bit integers or lists of them, addressed by ordinal.
 *
 * <p>No type of parquet-java appears in a signature.
 */
@Export
@Version("1.0.0")
package io.rezolus.wraps.parquet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
