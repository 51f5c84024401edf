/** Loading, attaching and reading BPF objects, for sampler bundles. */
@Export
@Version("1.0.0")
package io.rezolus.core.bpfhost;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
