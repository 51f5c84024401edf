/** What commands that run for a while have in common: durations, ticks, being told to stop. */
@Export
@Version("1.0.0")
package io.rezolus.libs.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
