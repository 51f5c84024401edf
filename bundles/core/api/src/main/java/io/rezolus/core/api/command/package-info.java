/** Sub-commands of the {@code rezolus} command line, contributed by bundles. */
@Export
@Version("1.0.0")
package io.rezolus.core.api.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
