package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.metric.Metric;

/**
 * A metric and where its values are.
 *
 * @param position of the value in an element of the group's map, in longs
 */
record Column(Metric metric, int position) {}
