/**
 * What recordings say about themselves in JSON: sources, what is known of each, events and the
 * indicators (KPIs) of services.
 */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.metadata;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
