package io.rezolus.outputs.snapshot;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** What the agent's general settings say about snapshots. */
@ComponentPropertyType
@interface SnapshotConfig {
  /** PID of the agent's general settings. */
  String PID = "io.rezolus.agent";

  /** The property {@code snapshot_format}: {@code v3} or {@code v2}. */
  String snapshot__format() default "v3";
}
