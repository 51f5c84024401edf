/** Snapshots of all samplers on demand, and the state of each of them. */
package io.rezolus.core.agent;
