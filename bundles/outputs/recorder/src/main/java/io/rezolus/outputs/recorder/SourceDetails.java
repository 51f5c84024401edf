package io.rezolus.outputs.recorder;

/**
 * What a recording says about its source.
 *
 * @param name value of the label {@code source}
 * @param fallbackNode name of the machine where neither the user nor the system information says
 * @param systemInfo JSON object; null where the source has none
 * @param descriptions JSON object of metric name to help text; null where the source has none
 * @param samplers JSON array of the samplers' states; null where the source has none
 */
record SourceDetails(
    String name, String fallbackNode, String systemInfo, String descriptions, String samplers) {}
