package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The indicators of a service and what else a viewer shows of it.
 *
 * @param aliases other names of recordings' sources it fits
 * @param serviceMetadata facts for people
 * @param slo objectives, as given; may be null
 */
public record ServiceExtension(
    String serviceName,
    List<String> aliases,
    SortedMap<String, String> serviceMetadata,
    JsonElement slo,
    List<Kpi> kpis) {
  /** The file key under which a recording keeps it. */
  public static final String KEY = "service_queries";

  public ServiceExtension {
    aliases = List.copyOf(aliases);
    serviceMetadata = Collections.unmodifiableSortedMap(new TreeMap<>(serviceMetadata));
    kpis = List.copyOf(kpis);
  }

  /**
   * @param element an object, or a text that holds one
   * @throws JsonParseException one line that says what is wrong and where
   */
  public static ServiceExtension parse(JsonElement element) {
    if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
      return parse(StrictJson.parse(element.getAsString()));
    }
    JsonFields fields = JsonFields.of("service", element);
    if (fields.flag("category", false)) {
      throw new JsonParseException(
          "a category, which compares services; expected the indicators of one service");
    }
    if (fields.element("kpis") == null) {
      throw new JsonParseException("service: \"kpis\" is missing");
    }
    List<Kpi> kpis = new ArrayList<>();
    for (JsonElement kpi : fields.array("kpis")) {
      kpis.add(Kpi.parse("kpis[" + kpis.size() + "]", kpi));
    }
    return new ServiceExtension(
        fields.requiredText("service_name"),
        fields.texts("aliases"),
        fields.map("service_metadata"),
        fields.element("slo"),
        kpis);
  }

  /** {@link #parse(JsonElement)} of a text. */
  public static ServiceExtension parse(String text) {
    return parse(StrictJson.parse(text));
  }

  /** Whether it is meant for a source of this name. */
  public boolean fits(String source) {
    return serviceName.equals(source) || aliases.contains(source);
  }

  /** The same with other indicators. */
  public ServiceExtension withKpis(List<Kpi> others) {
    return new ServiceExtension(serviceName, aliases, serviceMetadata, slo, others);
  }

  /** Value of the file key. */
  public String toJson() {
    JsonObject object = new JsonObject();
    object.addProperty("service_name", serviceName);
    if (!aliases.isEmpty()) {
      JsonArray names = new JsonArray();
      aliases.forEach(names::add);
      object.add("aliases", names);
    }
    JsonObject facts = new JsonObject();
    serviceMetadata.forEach(facts::addProperty);
    object.add("service_metadata", facts);
    object.add("slo", slo == null ? JsonNull.INSTANCE : slo);
    JsonArray array = new JsonArray();
    kpis.forEach(kpi -> array.add(kpi.toJson()));
    object.add("kpis", array);
    return StrictJson.compact(object);
  }
}
