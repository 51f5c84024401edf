package io.rezolus.libs.recording.combine;

/**
 * How recordings are combined.
 *
 * @param join which moments the result has
 * @param checkTimes whether the inputs must have been sampled at the same moments: their ranges
 *     overlap and at least 95 % of the common rows lie within a tenth of the interval
 * @param pinnedNode node a viewer opens on; null for none
 */
public record CombineOptions(Join join, boolean checkTimes, String pinnedNode) {}
