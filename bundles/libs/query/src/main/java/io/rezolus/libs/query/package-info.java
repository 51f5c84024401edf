/** PromQL over columns of samples: parsing, evaluation over step arrays, and annotations. */
@Export
@Version("1.0.0")
package io.rezolus.libs.query;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
