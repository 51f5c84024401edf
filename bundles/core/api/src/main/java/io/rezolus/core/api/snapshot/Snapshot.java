package io.rezolus.core.api.snapshot;

import java.util.List;
import java.util.Map;

/**
 * One reading of a whole agent.
 *
 * @param systemTimeNanos wall clock when the reading began, nanoseconds since the Unix epoch
 * @param durationNanos how long the reading took
 * @param metadata at least {@code source} and {@code version} of the producer
 * @param groups the groups that have members, sorted by name
 */
public record Snapshot(
    long systemTimeNanos,
    long durationNanos,
    Map<String, String> metadata,
    List<GroupData> groups) {}
