package io.rezolus.libs.query.json;

import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.QueryResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The envelope of an answer, in the shape of Prometheus. */
public final class Answer {
  public static final String JSON = "application/json";
  public static final String TRUNCATED = "results truncated due to limit";

  private Answer() {}

  /** What writes the value of {@code data}. */
  @FunctionalInterface
  public interface Data {
    void write(JsonBytes json) throws IOException;
  }

  public static void success(JsonBytes json, Data data) throws IOException {
    success(json, List.of(), List.of(), data);
  }

  public static void success(
      JsonBytes json, Collection<String> warnings, Collection<String> infos, Data data)
      throws IOException {
    json.raw("{\"status\":\"success\",\"data\":");
    data.write(json);
    if (!warnings.isEmpty()) {
      strings(json.raw(",\"warnings\":"), warnings);
    }
    if (!infos.isEmpty()) {
      strings(json.raw(",\"infos\":"), infos);
    }
    json.raw('}');
  }

  /**
   * The answer to a query with what it annotates.
   *
   * @param limit most series, 0 for all
   */
  public static void success(JsonBytes json, QueryResult result, int limit, Data data)
      throws IOException {
    Annotations notes = result.annotations();
    Collection<String> warnings = notes.warnings();
    if (ResultJson.exceeds(result, limit)) {
      warnings = new ArrayList<>(warnings);
      warnings.add(TRUNCATED);
    }
    success(json, warnings, notes.infos(), data);
  }

  /** An answer that says what went wrong. */
  public static void failure(JsonBytes json, String type, String message) throws IOException {
    json.raw("{\"status\":\"error\",\"errorType\":").string(type);
    json.raw(",\"error\":").string(message).raw('}');
  }

  /** A list of texts. */
  public static void strings(JsonBytes json, Collection<String> texts) throws IOException {
    String separator = "[";
    for (String text : texts) {
      json.raw(separator).string(text);
      separator = ",";
    }
    json.raw(texts.isEmpty() ? "[]" : "]");
  }
}
