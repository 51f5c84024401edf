package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * What a recording says about its source.
 *
 * @param protocol what it speaks
 * @param name value of the label {@code source}
 * @param fallbackNode name of the machine where neither the user nor the system information says
 * @param systemInfo JSON object; null where the source has none
 * @param descriptions JSON object of metric name to help text; null where the source has none
 * @param samplers JSON array of the samplers' states; null where the source has none
 */
record SourceDetails(
    Protocol protocol,
    String name,
    String fallbackNode,
    String systemInfo,
    String descriptions,
    String samplers) {

  /** What is known now, and what was known before where it is not. */
  SourceDetails updatedBy(SourceDetails now) {
    return new SourceDetails(
        protocol,
        name,
        fallbackNode,
        now.systemInfo == null ? systemInfo : now.systemInfo,
        merged(descriptions, now.descriptions),
        now.samplers == null ? samplers : now.samplers);
  }

  /** The recording also holds metrics that are no longer there. */
  private static String merged(String before, String now) {
    if (before == null || now == null) {
      return now == null ? before : now;
    }
    try {
      JsonObject all = JsonParser.parseString(before).getAsJsonObject();
      JsonParser.parseString(now)
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> all.add(e.getKey(), e.getValue()));
      return all.toString();
    } catch (JsonParseException | IllegalStateException e) {
      return now;
    }
  }

  /** Name of the machine: what its system information says, else host and port. */
  String node() {
    String host = hostname();
    return host == null ? fallbackNode : host;
  }

  /** Name of the machine as it says itself; null where it does not. */
  String hostname() {
    if (systemInfo == null) {
      return null;
    }
    try {
      JsonElement host = JsonParser.parseString(systemInfo).getAsJsonObject().get("hostname");
      boolean named = host != null && host.isJsonPrimitive() && !host.getAsString().isEmpty();
      return named ? host.getAsString() : null;
    } catch (JsonParseException | IllegalStateException e) {
      return null;
    }
  }
}
