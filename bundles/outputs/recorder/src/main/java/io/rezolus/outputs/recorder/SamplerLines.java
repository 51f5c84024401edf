package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Says which samplers ran and, for the others, why they did not. */
final class SamplerLines {
  private final List<String> ran = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  /**
   * @param perSource the footer's {@code per_source_metadata}; may be null
   */
  static List<String> of(String perSource, boolean root) {
    SamplerLines lines = new SamplerLines();
    try {
      if (perSource != null) {
        lines.search(JsonParser.parseString(perSource), 0);
      }
    } catch (JsonParseException | IllegalStateException e) {
      return List.of("Samplers: what the recording says about them cannot be read");
    }
    return lines.lines(root);
  }

  /** Sources and nodes nest, one below the other. */
  private void search(JsonElement element, int depth) {
    if (!element.isJsonObject() || depth > 2) {
      return;
    }
    JsonObject object = element.getAsJsonObject();
    JsonElement status = object.get("sampler_status");
    if (status != null && status.isJsonArray()) {
      for (JsonElement sampler : status.getAsJsonArray()) {
        add(sampler.getAsJsonObject());
      }
      return;
    }
    for (String key : object.keySet()) {
      search(object.get(key), depth + 1);
    }
  }

  private void add(JsonObject sampler) {
    String name = text(sampler, "name");
    String state = text(sampler, "state");
    String health = text(sampler, "health");
    String reason = text(sampler, sampler.has("error") ? "error" : "reason");
    boolean limited = !health.isEmpty() && !health.equals("healthy");
    if (state.equals("active") && !(health.equals("unsupported") && !anyAttached(sampler))) {
      ran.add(name);
    }
    if (!state.equals("active") || limited) {
      String word = limited ? health : state;
      String why = reason.isEmpty() ? firstError(sampler) : reason;
      others.add(String.format("  %-22s %s%s", name, word, why.isEmpty() ? "" : ": " + why));
    }
  }

  private List<String> lines(boolean root) {
    List<String> lines = new ArrayList<>();
    if (ran.isEmpty() && others.isEmpty()) {
      lines.add("Samplers: the recording does not say");
      return lines;
    }
    lines.add("Samplers that ran: " + (ran.isEmpty() ? "none" : String.join(", ", ran)));
    if (!others.isEmpty()) {
      lines.add("Not or only partly:");
      lines.addAll(others);
      if (!root) {
        lines.add("Measured without root; root adds the samplers that lack privilege here.");
      }
    }
    return lines;
  }

  /** A sampler this host cannot run at all has no program at work. */
  private static boolean anyAttached(JsonObject sampler) {
    JsonElement programs = sampler.get("programs");
    if (programs != null && programs.isJsonArray()) {
      for (JsonElement program : programs.getAsJsonArray()) {
        if (text(program.getAsJsonObject(), "attached").equals("true")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String firstError(JsonObject sampler) {
    JsonElement programs = sampler.get("programs");
    if (programs != null && programs.isJsonArray()) {
      for (JsonElement program : programs.getAsJsonArray()) {
        String error = text(program.getAsJsonObject(), "error");
        if (!error.isEmpty()) {
          return error;
        }
      }
    }
    return "";
  }

  private static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
