package io.rezolus.outputs.snapshot;

import com.google.gson.stream.JsonWriter;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON of {@code /status}, {@code /samplers} and {@code /metrics/descriptions}. Readers of
 * upstream Rezolus ignore the keys it does not have: {@code ttl_ms}, {@code last_reading_ms},
 * {@code problem}, {@code reason}, {@code bundle}, {@code refresh_ns} and {@code hook}.
 */
final class StatusDocument {
  private StatusDocument() {}

  static void status(JsonWriter json, SamplerInventory inventory) throws IOException {
    json.beginObject();
    json.name("version").value(inventory.version());
    json.name("uptime_seconds").value(inventory.uptime().toSeconds());
    json.name("ttl_seconds").value(inventory.ttl().toSeconds());
    json.name("ttl_ms").value(inventory.ttl().toMillis());
    if (inventory.sinceReading() != null) {
      json.name("last_reading_ms").value(inventory.sinceReading().toMillis());
    }
    optional(json, "problem", inventory.problem());
    json.name("samplers");
    samplers(json, inventory.samplers());
    json.endObject();
  }

  static void samplers(JsonWriter json, List<SamplerStatus> samplers) throws IOException {
    json.beginArray();
    for (SamplerStatus sampler : samplers) {
      sampler(json, sampler);
    }
    json.endArray();
  }

  static void descriptions(JsonWriter json, Map<String, String> descriptions) throws IOException {
    json.beginObject();
    for (Map.Entry<String, String> description : descriptions.entrySet()) {
      json.name(description.getKey()).value(description.getValue());
    }
    json.endObject();
  }

  private static void sampler(JsonWriter json, SamplerStatus sampler) throws IOException {
    json.beginObject();
    json.name("name").value(sampler.name());
    json.name("state").value(lower(sampler.state()));
    if (sampler.state() == SamplerStatus.State.FAILED) {
      json.name("error").value(sampler.reason() == null ? "unknown" : sampler.reason());
    } else {
      optional(json, "reason", sampler.reason());
    }
    if (sampler.health() != null) {
      json.name("health").value(lower(sampler.health().level()));
    }
    if (!sampler.programs().isEmpty()) {
      json.name("programs").beginArray();
      for (ProgramStatus program : sampler.programs()) {
        program(json, program);
      }
      json.endArray();
    }
    optional(json, "bundle", sampler.bundle());
    json.name("refresh_ns").value(sampler.refreshNanos());
    json.endObject();
  }

  private static void program(JsonWriter json, ProgramStatus program) throws IOException {
    json.beginObject();
    json.name("name").value(program.name());
    json.name("attached").value(program.attached());
    optional(json, "error", program.error());
    if (program.intent() instanceof ProgramStatus.Driver driver) {
      json.name("intent").beginObject().name("type").value("driver");
      json.name("driver").value(driver.driver()).endObject();
    } else if (program.intent() != null) {
      json.name("intent").beginObject().name("type").value("required").endObject();
    }
    optional(json, "label", program.label());
    json.name("expected").value(program.expected());
    json.name("verdict").value(lower(program.verdict()));
    optional(json, "hook", program.hook());
    json.endObject();
  }

  private static void optional(JsonWriter json, String name, String value) throws IOException {
    if (value != null) {
      json.name(name).value(value);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
