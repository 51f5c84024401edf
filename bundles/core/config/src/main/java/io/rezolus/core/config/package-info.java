/** The agent's TOML file: its rules, and the durations written in it. */
@Export
@Version("1.0.0")
package io.rezolus.core.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
