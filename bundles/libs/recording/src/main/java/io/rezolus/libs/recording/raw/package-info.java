/** Raw recordings: msgpack snapshots one after another, plain or compressed with zstd. */
@Export
@Version("1.0.0")
package io.rezolus.libs.recording.raw;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
