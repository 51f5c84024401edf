package io.rezolus.outputs.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.List;
import java.util.Locale;

/** The samplers' states in the shape of the route {@code /samplers}. */
final class SamplersJson {
  private SamplersJson() {}

  static String of(List<SamplerStatus> samplers) {
    JsonArray array = new JsonArray();
    for (SamplerStatus sampler : samplers) {
      JsonObject object = new JsonObject();
      object.addProperty("name", sampler.name());
      object.addProperty("state", lower(sampler.state()));
      if (sampler.reason() != null) {
        boolean failed = sampler.state() == SamplerStatus.State.FAILED;
        object.addProperty(failed ? "error" : "reason", sampler.reason());
      }
      if (sampler.health() != null) {
        object.addProperty("health", lower(sampler.health().level()));
      }
      if (!sampler.programs().isEmpty()) {
        JsonArray programs = new JsonArray();
        sampler.programs().forEach(program -> programs.add(program(program)));
        object.add("programs", programs);
      }
      array.add(object);
    }
    return array.toString();
  }

  private static JsonObject program(ProgramStatus program) {
    JsonObject object = new JsonObject();
    object.addProperty("name", program.name());
    object.addProperty("attached", program.attached());
    if (program.error() != null) {
      object.addProperty("error", program.error());
    }
    JsonObject intent = new JsonObject();
    if (program.intent() instanceof ProgramStatus.Driver driver) {
      intent.addProperty("type", "driver");
      intent.addProperty("driver", driver.driver());
    } else {
      intent.addProperty("type", "required");
    }
    object.add("intent", intent);
    if (program.label() != null) {
      object.addProperty("label", program.label());
    }
    object.addProperty("expected", program.expected());
    object.addProperty("verdict", lower(program.verdict()));
    return object;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
