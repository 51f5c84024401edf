/** Answers to queries as Prometheus writes them, in JSON. */
@Export
@Version("1.0.0")
package io.rezolus.libs.query.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
