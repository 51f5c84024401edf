/** How a bundle adds a route to the process's HTTP service. */
@Export
@Version("1.1.0")
package io.rezolus.core.api.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
