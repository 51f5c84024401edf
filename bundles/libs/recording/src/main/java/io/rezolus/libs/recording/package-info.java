/**
 * Recordings of any format: tables, columns decoded one at a time, and what is known about them.
 */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
