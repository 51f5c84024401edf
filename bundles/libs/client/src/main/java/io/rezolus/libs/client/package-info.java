/** How programs ask an agent, or anything else that serves metrics over HTTP. */
@Export
@Version("1.0.0")
package io.rezolus.libs.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
