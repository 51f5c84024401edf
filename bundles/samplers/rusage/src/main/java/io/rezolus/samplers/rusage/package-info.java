/** What the agent itself costs the host. */
package io.rezolus.samplers.rusage;
