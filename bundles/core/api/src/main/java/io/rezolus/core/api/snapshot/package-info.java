/** One consistent reading of every sampler, and the state of each sampler. */
@Export
@Version("1.0.0")
package io.rezolus.core.api.snapshot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
