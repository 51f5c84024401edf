package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.Snapshot;
import java.util.List;

/**
 * What was found in one snapshot's bytes.
 *
 * @param version 1, 2 or 3; version 1 does not say how long the reading took
 * @param snapshot the content. Entries of versions 1 and 2 are in groups {@code <sampler>/main},
 *     and where entries of a sampler have different windows, {@code <sampler>/main.2} and so on
 * @param skipped one line for each group, or histogram of versions 1 and 2, that was left out
 *     because it contradicts itself
 */
public record DecodedSnapshot(int version, Snapshot snapshot, List<String> skipped) {}
