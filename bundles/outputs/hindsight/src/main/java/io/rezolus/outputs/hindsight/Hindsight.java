package io.rezolus.outputs.hindsight;

/**
 * What the routes answer from while it runs.
 *
 * @param config what was asked for
 */
record Hindsight(HindsightConfig config, Buffer buffer, Captures captures) {}
