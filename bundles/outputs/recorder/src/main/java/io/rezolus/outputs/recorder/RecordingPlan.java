package io.rezolus.outputs.recorder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be recorded.
 *
 * @param output the file that appears in the end
 * @param interval time between samples
 * @param duration how long; null until stopped
 * @param metadata the user's file-level key-values
 * @param node name of the machine; null to take the source's
 * @param instance which of several equal services it is; null for none
 * @param command what to run meanwhile; empty for nothing
 */
record RecordingPlan(
    Path output,
    Duration interval,
    Duration duration,
    Map<String, String> metadata,
    String node,
    String instance,
    List<String> command) {}
