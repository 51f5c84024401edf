package io.rezolus.test.prometheus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The answers of our engine, through the JSON that is sent. */
final class EngineAnswers {
  private static final long SECOND = 1_000_000_000L;

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final SeriesSource source;

  EngineAnswers(SeriesSource source) {
    this.source = source;
  }

  JsonObject instant(String query, long time) throws IOException {
    return json(() -> engine.instant(source, query, time * SECOND));
  }

  JsonObject range(String query, long start, long end, long step) throws IOException {
    return json(() -> engine.range(source, query, start * SECOND, end * SECOND, step * SECOND));
  }

  private static JsonObject json(Supplier<QueryResult> query) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(bytes);
    try {
      QueryResult result = query.get();
      Answer.success(json, result, 0, data -> new ResultJson(data).write(result, 0, -1));
    } catch (QueryException e) {
      Answer.failure(json, "execution", e.getMessage());
    }
    json.flush();
    return JsonParser.parseString(bytes.toString(StandardCharsets.UTF_8)).getAsJsonObject();
  }
}
