package io.rezolus.core.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One sampler as {@code /samplers} and {@code /status} describe it; fields an older agent leaves
 * out are taken to be good.
 *
 * @param state {@code active}, {@code disabled} or {@code failed}
 * @param health {@code healthy}, {@code unsupported}, {@code degraded} or {@code failed}
 * @param reason why it is not healthy, one line; empty otherwise
 * @param hooks where its programs are attached, empty where the agent does not say
 */
record SamplerState(String name, String state, String health, String reason, Set<String> hooks) {

  static SamplerState parse(JsonObject sampler) {
    String state = sampler.get("state").getAsString();
    String health = text(sampler, "health", state.equals("failed") ? "failed" : "healthy");
    Set<String> hooks = new LinkedHashSet<>();
    List<String> absent = new ArrayList<>();
    if (sampler.has("programs")) {
      for (JsonElement each : sampler.getAsJsonArray("programs")) {
        JsonObject program = each.getAsJsonObject();
        String verdict = text(program, "verdict", "ok");
        if (verdict.equals("broken") || verdict.equals("unsupported")) {
          absent.add(
              text(program, "label", program.get("name").getAsString())
                  + ": "
                  + text(program, "error", "not attached"));
        } else if (program.has("hook") && !program.get("hook").isJsonNull()) {
          hooks.add(program.get("hook").getAsString());
        }
      }
    }
    String reason = text(sampler, "error", text(sampler, "reason", String.join(", ", absent)));
    return new SamplerState(sampler.get("name").getAsString(), state, health, reason, hooks);
  }

  /** {@code active} only where it is healthy; otherwise what is wrong. */
  String verdict() {
    return state.equals("active") && !health.equals("healthy") ? health : state;
  }

  private static String text(JsonObject object, String key, String otherwise) {
    JsonElement value = object.get(key);
    return value == null || value.isJsonNull() ? otherwise : value.getAsString();
  }
}
