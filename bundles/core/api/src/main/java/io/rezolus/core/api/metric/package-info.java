/** What a metric is: its identity, labels and the schema of a group of them. */
@Export
@Version("1.0.0")
package io.rezolus.core.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
