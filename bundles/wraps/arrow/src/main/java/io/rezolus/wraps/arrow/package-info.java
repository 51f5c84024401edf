/**
 * Writes Arrow IPC files and streams. The virtual machine must be started with {@code
 * --add-opens=java.base/java.nio=ALL-UNNAMED}, which Arrow needs to address memory of its own.
 */
@Export
@Version("1.1.0")
package io.rezolus.wraps.arrow;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
