/** H2 histograms: base-2 logarithmic buckets with a bounded relative error. */
@Export
@Version("1.0.0")
package io.rezolus.libs.histogram;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
