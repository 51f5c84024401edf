/** The recent past of a running agent as a source for queries. */
@Export
@Version("1.0.0")
package io.rezolus.libs.query.live;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
