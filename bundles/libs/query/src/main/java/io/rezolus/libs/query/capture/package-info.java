/** What there is to ask: recordings and live agents under the names that clients use. */
@Export
@Version("1.0.0")
package io.rezolus.libs.query.capture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
