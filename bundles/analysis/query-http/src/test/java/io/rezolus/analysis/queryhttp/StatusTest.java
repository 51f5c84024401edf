package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server tells about itself and about what is loaded. */
class StatusTest {
  private final MemorySource source = new MemorySource(10);
  private final Capture broken =
      new Capture(
          "experiment",
          () -> {
            throw new QueryException(QueryException.Kind.EXECUTION, "b.rez: cut off");
          },
          "b.rez",
          "it's",
          false);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    for (String id : new String[] {"0", "1", "\u00e9"}) {
      source.put(
          Labels.of("__name__", "traffic", "id", id, "host", "web"),
          Samples.gauges(source.times(), new double[10]));
    }
    source.put(Labels.of("__name__", "errors"), Samples.gauges(source.times(), new double[10]));
    QueryLimits limits = new QueryLimits(1_000_000, 11_000, 100, 1 << 20, 60_000_000_000L, 2);
    server =
        new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false), broken);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private JsonObject data(String path, String... parameters) throws Exception {
    return answer(path, parameters).getAsJsonObject("data");
  }

  private JsonObject answer(String path, String... parameters) throws Exception {
    String answer = server.get(path, parameters);
    assertTrue(answer.startsWith("200 "), answer);
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject();
  }

  @Test
  void a_capture_that_cannot_be_read_is_listed_with_the_reason() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":["
            + "{\"id\":\"baseline\",\"minTime\":1000,\"maxTime\":1009,\"interval\":1,"
            + "\"filename\":\"a.parquet\",\"live\":false},"
            + "{\"id\":\"experiment\",\"minTime\":null,\"maxTime\":null,\"interval\":0,"
            + "\"filename\":\"b.rez\",\"alias\":\"it's\",\"error\":\"b.rez: cut off\","
            + "\"live\":false}]}",
        server.get("/api/v1/capture"));
    assertEquals(
        "422 {\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"b.rez: cut off\"}",
        server.get("/api/v1/capture", "capture", "experiment"));
  }

  @Test
  void a_capture_that_another_turns_out_to_have_beside_it_is_listed_and_found() throws Exception {
    Capture more = new Capture("capture4", source, "c.rez: more", null, false);
    boolean[] known = new boolean[1];
    server.captures.addCapture(
        new Capture(
            "capture3",
            () -> {
              if (!known[0]) {
                known[0] = true;
                server.captures.addCapture(more);
              }
              return source;
            },
            "c.rez",
            null,
            false));
    assertTrue(
        server.get("/api/v1/query", "query", "traffic", "capture", "capture4").startsWith("200 "));
    assertTrue(server.get("/api/v1/capture").contains("c.rez: more"));
  }

  @Test
  void the_series_are_counted_by_what_makes_them_many() throws Exception {
    assertEquals(
        JsonParser.parseString(
            "{\"headStats\":{\"numSeries\":4,\"numLabelPairs\":6,\"chunkCount\":0,"
                + "\"minTime\":1000000,\"maxTime\":1009000},"
                + "\"seriesCountByMetricName\":[{\"name\":\"traffic\",\"value\":3},"
                + "{\"name\":\"errors\",\"value\":1}],"
                + "\"labelValueCountByLabelName\":[{\"name\":\"id\",\"value\":3},"
                + "{\"name\":\"__name__\",\"value\":2},{\"name\":\"host\",\"value\":1}],"
                + "\"memoryInBytesByLabelName\":[{\"name\":\"__name__\",\"value\":27},"
                + "{\"name\":\"host\",\"value\":9},{\"name\":\"id\",\"value\":4}],"
                + "\"seriesCountByLabelValuePair\":[{\"name\":\"__name__=traffic\",\"value\":3},"
                + "{\"name\":\"host=web\",\"value\":3},{\"name\":\"__name__=errors\",\"value\":1},"
                + "{\"name\":\"id=0\",\"value\":1},{\"name\":\"id=1\",\"value\":1},"
                + "{\"name\":\"id=\u00e9\",\"value\":1}]}"),
        data("/api/v1/status/tsdb"));
    JsonObject one = answer("/api/v1/status/tsdb", "limit", "1");
    assertEquals("b.rez: cut off", one.getAsJsonArray("warnings").get(0).getAsString());
    JsonObject data = one.getAsJsonObject("data");
    assertEquals(1, data.getAsJsonArray("seriesCountByLabelValuePair").size());
    assertEquals(
        4,
        data("/api/v1/status/tsdb", "capture", "baseline")
            .getAsJsonObject("headStats")
            .get("numSeries")
            .getAsInt());
    assertTrue(server.get("/api/v1/status/tsdb", "capture", "experiment").startsWith("422 "));
  }

  @Test
  void the_process_tells_how_it_is_set_up_and_how_it_does() throws Exception {
    assertEquals(
        "captures:\n  - id: 'baseline'\n    origin: 'a.parquet'\n    live: false\n"
            + "  - id: 'experiment'\n    origin: 'b.rez'\n    alias: 'it''s'\n    live: false\n",
        data("/api/v1/status/config").get("yaml").getAsString());
    JsonObject flags = data("/api/v1/status/flags");
    assertEquals("1000000", flags.get("query.max-samples").getAsString());
    assertEquals("60s", flags.get("query.timeout").getAsString());
    JsonObject runtime = data("/api/v1/status/runtimeinfo");
    assertTrue(
        Instant.parse(runtime.get("startTime").getAsString()).isBefore(Instant.now()),
        "" + runtime);
    assertTrue(runtime.get("goroutineCount").getAsInt() > 1);
    assertEquals(0, data("/api/v1/status/walreplay").get("max").getAsInt());
  }
}
