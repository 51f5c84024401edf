package io.rezolus.core.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of {@code /status}.
 *
 * @param sinceReading time since somebody last had the samplers read; null where the agent does not
 *     say or nobody has
 * @param problem why its configuration is not that of its file; null where it is
 * @param samplers one entry per sampler the agent knows, in its order
 */
record AgentState(
    String version,
    Duration uptime,
    Duration ttl,
    Duration sinceReading,
    String problem,
    List<SamplerState> samplers) {

  /**
   * @throws RuntimeException the text is JSON of another shape
   */
  static AgentState parse(JsonElement json) {
    JsonObject status = json.getAsJsonObject();
    Duration ttl =
        status.has("ttl_ms")
            ? Duration.ofMillis(status.get("ttl_ms").getAsLong())
            : Duration.ofSeconds(status.get("ttl_seconds").getAsLong());
    return new AgentState(
        status.get("version").getAsString(),
        Duration.ofSeconds(status.get("uptime_seconds").getAsLong()),
        ttl,
        status.has("last_reading_ms")
            ? Duration.ofMillis(status.get("last_reading_ms").getAsLong())
            : null,
        status.has("problem") ? status.get("problem").getAsString() : null,
        samplers(status.getAsJsonArray("samplers")));
  }

  static List<SamplerState> samplers(JsonArray array) {
    List<SamplerState> samplers = new ArrayList<>();
    for (JsonElement each : array) {
      samplers.add(SamplerState.parse(each.getAsJsonObject()));
    }
    return samplers;
  }
}
