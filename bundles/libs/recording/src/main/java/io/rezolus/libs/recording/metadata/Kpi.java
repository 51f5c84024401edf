package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An indicator of a service: a query and how to draw its answer. Everything but role, title, query
 * and type may be null or empty.
 *
 * @param role group it belongs to, such as {@code latency}
 * @param query PromQL; for a histogram only the selector
 * @param type {@code gauge}, {@code delta_counter} or {@code histogram}
 * @param subtype of a histogram: {@code percentiles} or {@code buckets}
 * @param percentiles of a histogram, 0 to 1; the usual five when empty
 * @param available whether the recording has data for it
 * @param denominator whether others are shown per unit of this one
 */
public record Kpi(
    String role,
    String title,
    String description,
    String query,
    String type,
    String subtype,
    String unitSystem,
    List<Double> percentiles,
    boolean available,
    boolean denominator,
    String subgroup,
    String subgroupDescription,
    boolean fullWidth) {
  private static final String HISTOGRAM = "histogram";
  private static final List<Double> USUAL = List.of(0.5, 0.9, 0.99, 0.999, 0.9999);

  public Kpi {
    percentiles = List.copyOf(percentiles);
  }

  static Kpi parse(String where, JsonElement element) {
    JsonFields fields = JsonFields.of(where, element);
    List<Double> percentiles = fields.numbers("percentiles");
    if (percentiles.stream().anyMatch(each -> !(each >= 0 && each <= 1))) {
      throw new JsonParseException(where + ": \"percentiles\" must be between 0 and 1");
    }
    return new Kpi(
        fields.requiredText("role"),
        fields.requiredText("title"),
        fields.text("description"),
        fields.requiredText("query"),
        fields.requiredText("type"),
        fields.text("subtype"),
        fields.text("unit_system"),
        percentiles,
        fields.flag("available", true),
        fields.flag("denominator", false),
        fields.text("subgroup"),
        fields.text("subgroup_description"),
        fields.flag("full_width", false));
  }

  /** The query to ask: that of a histogram within the function its subtype calls for. */
  public String effectiveQuery() {
    if (!type.equals(HISTOGRAM)) {
      return query;
    }
    if ("buckets".equals(subtype)) {
      return "histogram_heatmap(" + query + ")";
    }
    String quantiles =
        (percentiles.isEmpty() ? USUAL : percentiles)
            .stream()
                .map(each -> BigDecimal.valueOf(each).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(", "));
    return "histogram_quantiles([" + quantiles + "], " + query + ")";
  }

  /** Whether {@link #query} selects a histogram. */
  public boolean isHistogram() {
    return type.equals(HISTOGRAM);
  }

  /** The same with data or without. */
  public Kpi withAvailable(boolean hasData) {
    return new Kpi(
        role,
        title,
        description,
        query,
        type,
        subtype,
        unitSystem,
        percentiles,
        hasData,
        denominator,
        subgroup,
        subgroupDescription,
        fullWidth);
  }

  JsonObject toJson() {
    JsonObject object = new JsonObject();
    object.addProperty("role", role);
    object.addProperty("title", title);
    if (description == null) {
      object.add("description", JsonNull.INSTANCE);
    } else {
      object.addProperty("description", description);
    }
    object.addProperty("query", query);
    object.addProperty("type", type);
    addIfPresent(object, "subtype", subtype);
    addIfPresent(object, "unit_system", unitSystem);
    if (!percentiles.isEmpty()) {
      JsonArray array = new JsonArray();
      percentiles.forEach(array::add);
      object.add("percentiles", array);
    }
    object.addProperty("available", available);
    if (denominator) {
      object.addProperty("denominator", true);
    }
    addIfPresent(object, "subgroup", subgroup);
    addIfPresent(object, "subgroup_description", subgroupDescription);
    if (fullWidth) {
      object.addProperty("full_width", true);
    }
    return object;
  }

  private static void addIfPresent(JsonObject object, String key, String value) {
    if (value != null) {
      object.addProperty(key, value);
    }
  }
}
