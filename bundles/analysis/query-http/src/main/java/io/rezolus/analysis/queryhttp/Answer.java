package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.QueryResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The envelope of an answer, in the shape of Prometheus. */
final class Answer {
  static final String JSON = "application/json";
  static final String TRUNCATED = "results truncated due to limit";

  private Answer() {}

  /** What writes the value of {@code data}. */
  @FunctionalInterface
  interface Data {
    void write(JsonBytes json) throws IOException;
  }

  static void success(JsonBytes json, Data data) throws IOException {
    success(json, List.of(), List.of(), data);
  }

  static void success(
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
  static void success(JsonBytes json, QueryResult result, int limit, Data data)
      throws IOException {
    Annotations notes = result.annotations();
    Collection<String> warnings = notes.warnings();
    if (ResultJson.exceeds(result, limit)) {
      warnings = new ArrayList<>(warnings);
      warnings.add(TRUNCATED);
    }
    success(json, warnings, notes.infos(), data);
  }

  static void failure(JsonBytes json, ApiException e) throws IOException {
    json.raw("{\"status\":\"error\",\"errorType\":").string(e.type());
    json.raw(",\"error\":").string(e.getMessage()).raw('}');
  }

  static void strings(JsonBytes json, Collection<String> texts) throws IOException {
    String separator = "[";
    for (String text : texts) {
      json.raw(separator).string(text);
      separator = ",";
    }
    json.raw(texts.isEmpty() ? "[]" : "]");
  }
}
