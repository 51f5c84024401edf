/**
 * The snapshot as it travels: msgpack versions 1 to 3 in, versions 2 and 3 and their JSON form out.
 */
@Export
@Version("1.0.0")
package io.rezolus.libs.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
