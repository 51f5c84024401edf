package io.rezolus.outputs.hindsight;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.libs.client.AgentClient;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where readings come from, as a recording says it.
 *
 * @param labels what the recording as a whole is labelled with
 * @param metadata its key-values
 */
record Origin(Map<String, String> labels, Map<String, String> metadata) {
  private static final String INTERVAL = "sampling_interval_ms";
  private static final String ENDPOINT = "endpoint";
  private static final String SYSTEM = "systeminfo";

  /** Asks the agent what it is. */
  static Origin of(HindsightConfig config, AgentClient agent) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("source", "rezolus");
    JsonElement system = agent.systemInfo();
    if (system != null && system.isJsonObject()) {
      JsonElement host = system.getAsJsonObject().get("hostname");
      if (host != null && host.isJsonPrimitive()) {
        labels.put("host", host.getAsString());
      }
    }
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(INTERVAL, Long.toString(config.interval().toMillis()));
    metadata.put("source", "rezolus");
    metadata.put(ENDPOINT, place(config.source().snapshots()));
    put(metadata, SYSTEM, system);
    put(metadata, "descriptions", agent.descriptions());
    return new Origin(labels, metadata);
  }

  /**
   * Whether its readings may follow those of an earlier recording: the interval, the agent and its
   * machine are the same. An agent that does not say what its machine is may be the same.
   */
  boolean continues(Map<String, String> earlierLabels, Map<String, String> earlierMetadata) {
    return Objects.equals(metadata.get(INTERVAL), earlierMetadata.get(INTERVAL))
        && Objects.equals(metadata.get(ENDPOINT), earlierMetadata.get(ENDPOINT))
        && agree(labels.get("host"), earlierLabels.get("host"))
        && agree(json(metadata.get(SYSTEM)), json(earlierMetadata.get(SYSTEM)));
  }

  /** Without a user's name or a query, which may be secret: captures are given away. */
  private static String place(URI endpoint) {
    int port = endpoint.getPort();
    return endpoint.getHost() + (port < 0 ? "" : ":" + port) + endpoint.getRawPath();
  }

  private static boolean agree(Object one, Object other) {
    return one == null || other == null || one.equals(other);
  }

  private static JsonElement json(String text) {
    try {
      return text == null ? null : JsonParser.parseString(text);
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static void put(Map<String, String> metadata, String key, JsonElement value) {
    if (value != null) {
      metadata.put(key, value.toString());
    }
  }
}
