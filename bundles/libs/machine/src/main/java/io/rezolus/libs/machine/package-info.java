/** What the machine is that a recording is made on. */
@Export
@Version("1.0.0")
package io.rezolus.libs.machine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
