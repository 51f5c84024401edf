/** What a sampler bundle implements and the values it fills in. */
@Export
@Version("1.0.0")
package io.rezolus.core.api.sampler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
