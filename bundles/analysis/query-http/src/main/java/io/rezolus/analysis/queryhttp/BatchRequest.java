package io.rezolus.analysis.queryhttp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries over the same window.
 *
 * @param capture null for the default
 * @param lookbackNanos 0 for the default
 * @param timeoutNanos for all of them together, 0 for the longest allowed
 * @param display null where answers list all samples
 * @param grid what cells say where each answer is one picture; else null
 * @param bands whether values come with bounds
 */
record BatchRequest(
    List<Query> queries,
    TimeRange range,
    String capture,
    long lookbackNanos,
    long timeoutNanos,
    DisplayOptions display,
    GridCell grid,
    boolean bands) {
  private static final int QUERIES_MAX = 1000;
  private static final int POINTS = 500;

  /**
   * @param id names the answer's line
   */
  record Query(String id, String text) {}

  /** Understands the body; a query is a text, or an object with {@code id} and {@code query}. */
  static BatchRequest parse(String body) throws ApiException {
    JsonObject json;
    try {
      JsonElement element = JsonParser.parseString(body);
      if (!element.isJsonObject()) {
        throw ApiException.badData("the body is no JSON object");
      }
      json = element.getAsJsonObject();
    } catch (JsonParseException | StackOverflowError e) {
      throw ApiException.badData("the body is no JSON object");
    }
    try {
      TimeRange range =
          TimeRange.checked(
              Times.time("start", required(json, "start")),
              Times.time("end", required(json, "end")),
              step(json));
      String format = text(json, "format");
      boolean grid = "grid".equals(format);
      if (format != null && !grid && !format.equals("display")) {
        throw ApiException.badData(
            "invalid parameter \"format\": \"" + format + "\", expected display or grid");
      }
      return new BatchRequest(
          queries(json),
          range,
          text(json, "capture"),
          duration(json, "lookback_delta"),
          duration(json, "timeout"),
          format == null
              ? null
              : DisplayOptions.of(text(json, "points"), text(json, "band"), POINTS),
          grid ? GridCell.of(text(json, "cell")) : null,
          QueryRunner.bands(text(json, "bands")));
    } catch (ClassCastException | IllegalStateException | UnsupportedOperationException e) {
      throw ApiException.badData("the body has a value of another type than expected");
    }
  }

  private static List<Query> queries(JsonObject json) throws ApiException {
    JsonArray array = json.has("queries") ? json.getAsJsonArray("queries") : new JsonArray();
    if (array.isEmpty() || array.size() > QUERIES_MAX) {
      throw ApiException.badData(
          "invalid parameter \"queries\": expected 1 to " + QUERIES_MAX + " of them");
    }
    List<Query> out = new ArrayList<>();
    for (JsonElement each : array) {
      String id = Integer.toString(out.size());
      if (each.isJsonObject()) {
        String named = text(each.getAsJsonObject(), "id");
        out.add(new Query(named == null ? id : named, required(each.getAsJsonObject(), "query")));
      } else {
        out.add(new Query(id, each.getAsString()));
      }
    }
    return out;
  }

  private static long step(JsonObject json) throws ApiException {
    long step = Times.duration("step", required(json, "step"));
    if (step <= 0) {
      throw ApiException.badData(
          "invalid parameter \"step\": zero or negative durations are not accepted");
    }
    return step;
  }

  private static long duration(JsonObject json, String name) throws ApiException {
    String text = text(json, name);
    return text == null ? 0 : Math.max(0, Times.duration(name, text));
  }

  private static String required(JsonObject json, String name) throws ApiException {
    String text = text(json, name);
    if (text == null) {
      throw ApiException.badData("invalid parameter \"" + name + "\": it is missing");
    }
    return text;
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? null : value.getAsString();
  }
}
