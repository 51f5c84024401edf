package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.histogram.HistogramConfig;
import io.rezolus.libs.query.H2Rows;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.NativeHistogram;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
  private static final int ROWS = 600;
  private static final String RANGE = "/api/v1/query_range";

  private final MemorySource source = new MemorySource(ROWS);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    for (int id = 0; id < 3; id++) {
      long[] values = new long[ROWS];
      for (int i = 0; i < ROWS; i++) {
        values[i] = (id + 1L) * i;
      }
      source.put(
          Labels.of("__name__", "traffic", "id", "" + id, "host", "a\"b"),
          Samples.counters(source.times(), values));
    }
    double[] spiky = new double[ROWS];
    spiky[333] = 1e9;
    spiky[20] = Double.NaN;
    spiky[21] = Double.POSITIVE_INFINITY;
    source.put(Labels.of("__name__", "spiky"), Samples.gauges(source.times(), spiky));
    QueryLimits limits = new QueryLimits(1_000_000, 11_000, 2, 1 << 20, 60_000_000_000L, 2);
    server =
        new ApiServer(
            limits,
            new Capture("baseline", source, "a.parquet", null, false),
            new Capture("experiment", new MemorySource(1), "b.parquet", "after", true));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void answers_an_instant_query_as_prometheus_does() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"__name__\":\"traffic\",\"host\":\"a\\\"b\",\"id\":\"1\"},"
            + "\"value\":[1010,\"20\"]}]}}",
        server.get("/api/v1/query", "query", "traffic{id=\"1\"}", "time", "1010"));
  }

  @Test
  void understands_rfc3339_and_fractions_of_seconds() throws Exception {
    String scalar = "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[";
    assertEquals(
        "200 " + scalar + "1010.500,\"1.5\"]}}",
        server.get("/api/v1/query", "query", "1.5", "time", "1970-01-01T00:16:50.5Z"));
    assertEquals(
        "200 " + scalar + "1010.250,\"+Inf\"]}}",
        server.get("/api/v1/query", "query", "1/0", "time", "1010.25"));
    assertEquals(
        "200 " + scalar + "1010,\"NaN\"]}}",
        server.get("/api/v1/query", "query", "0/0", "time", "1010"));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1010,\"a\"]}}",
        server.get("/api/v1/query", "query", "'a'", "time", "1010"));
  }

  @Test
  void asks_at_the_end_of_the_capture_without_a_time() throws Exception {
    assertTrue(
        server
            .get("/api/v1/query", "query", "traffic{id=\"0\"}")
            .contains("\"value\":[1599,\"599\"]"));
  }

  @Test
  void answers_a_range_query_as_prometheus_does() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{},\"values\":[[1100,\"6\"],[1101.500,\"6\"],[1103,\"6\"]]}]}}",
        server.get(
            RANGE,
            "query",
            "sum(rate(traffic[1m]))",
            "start",
            "1100",
            "end",
            "1103",
            "step",
            "1500ms"));
  }

  @Test
  void takes_a_form_in_place_of_parameters() throws Exception {
    String form = ApiServer.form("query", "traffic{id=\"2\"}", "time", "1010");
    assertTrue(
        server
            .post("/api/v1/query", "application/x-www-form-urlencoded", form)
            .contains("\"value\":[1010,\"30\"]"));
  }

  @Test
  void shows_buckets_of_native_histograms() throws Exception {
    NativeHistogram.Side positive = new NativeHistogram.Side(new int[] {0, 1}, new double[] {2, 3});
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            0.001,
            1,
            6,
            9.5,
            positive,
            NativeHistogram.Side.EMPTY,
            new double[0],
            NativeHistogram.Hint.UNKNOWN);
    source.put(
        Labels.of("__name__", "h"),
        Samples.mixed(
            new long[] {MemorySource.START},
            new double[1],
            new NativeHistogram[] {histogram},
            null));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":"
            + "{\"__name__\":\"h\"},\"histogram\":[1000,{\"count\":\"6\",\"sum\":\"9.5\","
            + "\"buckets\":[[3,\"-0.001\",\"0.001\",\"1\"],[0,\"0.5\",\"1\",\"2\"],"
            + "[0,\"1\",\"2\",\"3\"]]}]}]}}",
        server.get("/api/v1/query", "query", "h", "time", "1000"));
  }

  @Test
  void refuses_what_is_wrong_with_the_reason() throws Exception {
    String bad = "400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":";
    assertEquals(
        bad + "\"1:5: parse error: unexpected end of input in expression\"}",
        server.get("/api/v1/query", "query", "sum("));
    for (String[] wrong :
        new String[][] {
          {"/api/v1/query"},
          {"/api/v1/query", "query", "x", "time", "noon"},
          {"/api/v1/query", "query", "x", "time", "1e999999999"},
          {"/api/v1/query", "query", "x", "limit", "-1"},
          {RANGE, "query", "x", "start", "0", "end", "1"},
          {RANGE, "query", "x", "start", "0", "end", "1", "step", "0"},
          {RANGE, "query", "x", "start", "2", "end", "1", "step", "1"},
          {RANGE, "query", "x", "start", "0", "end", "11001", "step", "1"},
          {RANGE, "query", "x", "start", "0", "end", "1", "step", "1", "format", "pdf"},
          {"/api/v1/series"},
          {"/api/v1/series", "match[]", "rate(x[1m])"},
          {"/api/v1/format_query", "query", "sum("},
          {"/api/v1/parse_query", "query", "sum("},
        }) {
      String[] parameters = java.util.Arrays.copyOfRange(wrong, 1, wrong.length);
      assertTrue(server.get(wrong[0], parameters).startsWith(bad), String.join(" ", wrong));
    }
  }

  @Test
  void refuses_parameters_that_are_no_text() throws Exception {
    String bad = "400 {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"the param";
    String form = "application/x-www-form-urlencoded";
    for (String broken : new String[] {"query=%FF%FE", "query=%zz", "query=1%"}) {
      String answer = server.post("/api/v1/query", form, broken);
      assertTrue(answer.startsWith(bad), broken + ": " + answer);
    }
    String large = server.post("/api/v1/query", form, "query=" + "1".repeat(300_000));
    assertTrue(large.startsWith(bad), large);
  }

  @Test
  void lists_eleven_thousand_points_and_no_more() throws Exception {
    String most =
        server.get(RANGE, "query", "traffic{id=\"0\"}", "start", "0", "end", "11000", "step", "1");
    assertTrue(most.startsWith("200"), most);
    String more =
        server.get(RANGE, "query", "traffic{id=\"0\"}", "start", "0", "end", "11001", "step", "1");
    assertTrue(more.contains("exceeded maximum resolution of 11,000 points per timeseries"), more);
  }

  @Test
  void refuses_too_many_series_and_too_many_bytes() throws Exception {
    String series = server.get("/api/v1/query", "query", "traffic", "time", "1100");
    assertTrue(series.startsWith("422 {\"status\":\"error\",\"errorType\":\"execution\""), series);
    assertTrue(series.contains("3 series, expected at most 2"), series);
  }

  @Test
  void refuses_more_samples_than_there_is_memory_for() throws Exception {
    QueryLimits tight = new QueryLimits(500, 11_000, 100, 1 << 20, 60_000_000_000L, 2);
    try (ApiServer small =
        new ApiServer(tight, new Capture("a", source, "a.parquet", null, false))) {
      String answer =
          small.get(
              RANGE,
              "query",
              "sum(rate(traffic[1m]))",
              "start",
              "1000",
              "end",
              "1400",
              "step",
              "1");
      assertTrue(
          answer.startsWith("422 {\"status\":\"error\",\"errorType\":\"execution\""), answer);
    }
  }

  @Test
  void cuts_a_result_to_the_limit_and_says_so() throws Exception {
    String cut = server.get("/api/v1/query", "query", "traffic{id!=\"0\"}", "limit", "1");
    assertEquals(1, data(cut).getAsJsonArray("result").size());
    assertTrue(cut.contains("\"warnings\":[\"results truncated due to limit\"]"), cut);
  }

  @Test
  void tells_statistics_when_asked() throws Exception {
    assertTrue(
        server
            .get("/api/v1/query", "query", "traffic{id=\"0\"}", "stats", "all")
            .contains("\"stats\":{\"timings\":{\"evalTotalTime\":"));
  }

  @Test
  void knows_how_old_a_sample_may_be() throws Exception {
    String[] old = {"query", "traffic{id=\"0\"}", "time", "1700"};
    assertEquals(1, data(server.get("/api/v1/query", old)).getAsJsonArray("result").size());
    String[] recent = {"query", "traffic{id=\"0\"}", "time", "1700", "lookback_delta", "10s"};
    assertEquals(0, data(server.get("/api/v1/query", recent)).getAsJsonArray("result").size());
  }

  @Test
  void lists_series_labels_and_their_values() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":[{\"__name__\":\"spiky\"}]}",
        server.get("/api/v1/series", "match[]", "spiky"));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":[\"__name__\",\"host\",\"id\"]}",
        server.get("/api/v1/labels"));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":[\"0\",\"1\",\"2\"]}",
        server.get("/api/v1/label/id/values"));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":[\"2\"]}",
        server.get("/api/v1/label/id/values", "match[]", "traffic{id=~\"[2-9]\"}"));
  }

  @Test
  void describes_metrics_and_captures() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"traffic\":[{\"type\":\"counter\",\"help\":"
            + "\"Traffic.\",\"unit\":\"bytes\"}]}}",
        server.get("/api/v1/metadata", "metric", "traffic"));
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"id\":\"experiment\",\"minTime\":1000,\"maxTime\":"
            + "1000,\"interval\":1,\"filename\":\"b.parquet\",\"alias\":\"after\",\"live\":true}}",
        server.get("/api/v1/capture", "capture", "experiment"));
    assertTrue(
        server
            .get("/api/v1/query", "query", "x", "capture", "other")
            .startsWith("404 {\"status\":\"error\",\"errorType\":\"not_found\""));
  }

  @Test
  void formats_and_parses_queries() throws Exception {
    assertEquals(
        "200 {\"status\":\"success\",\"data\":\"sum by (a) (rate(x[1m]))\"}",
        server.get("/api/v1/format_query", "query", "sum(rate(x[60s]))by(a)"));
    JsonObject tree = data(server.get("/api/v1/parse_query", "query", "-x{a!=\"b\"} offset 5m"));
    assertEquals("unaryExpr", tree.get("type").getAsString());
    JsonObject selector = tree.getAsJsonObject("expr");
    assertEquals("vectorSelector", selector.get("type").getAsString());
    assertEquals(300_000, selector.get("offset").getAsInt());
    assertTrue(server.get("/api/v1/status/buildinfo").contains("\"revision\":\"rezolus 1.2.3\""));
  }

  @Test
  void display_never_loses_a_spike_nor_invents_one() throws Exception {
    for (int points : new int[] {1, 7, 50, 119, 120, 400}) {
      JsonObject series =
          data(server.get(
                  RANGE,
                  "query",
                  "spiky",
                  "start",
                  "1100",
                  "end",
                  "1599",
                  "step",
                  "1",
                  "format",
                  "display",
                  "points",
                  "" + points))
              .getAsJsonArray("series")
              .get(0)
              .getAsJsonObject();
      double most = 0;
      for (var max : series.getAsJsonArray("max")) {
        most = Math.max(most, max.getAsDouble());
      }
      assertEquals(1e9, most, points + " points");
      assertTrue(series.get("n").getAsInt() <= points, series.get("n") + " of " + points);
      assertEquals(500, series.get("rawPoints").getAsInt());
    }
  }

  @Test
  void the_compact_form_holds_the_same_columns() throws Exception {
    String[] parameters = {
      "query",
      "traffic{id=\"1\"}",
      "start",
      "1100",
      "end",
      "1599",
      "step",
      "1",
      "format",
      "columnar",
      "points",
      "50"
    };
    HttpResponse<byte[]> answer =
        server.send(HttpRequest.newBuilder(server.uri(RANGE, parameters)));
    assertEquals("application/octet-stream", answer.headers().firstValue("Content-Type").get());
    ByteBuffer body = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[body.getInt()];
    body.get(text);
    JsonObject series =
        JsonParser.parseString(new String(text, StandardCharsets.UTF_8))
            .getAsJsonObject()
            .getAsJsonArray("series")
            .get(0)
            .getAsJsonObject();
    body.position((4 + text.length + 7) / 8 * 8);
    parameters[9] = "display";
    JsonArray expected =
        data(server.get(RANGE, parameters))
            .getAsJsonArray("series")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("t");
    int n = series.get("n").getAsInt();
    assertEquals(expected.size(), n);
    assertEquals(7 * 8 * n, body.remaining());
    for (int i = 0; i < n; i++) {
      assertEquals(expected.get(i).getAsDouble(), body.getDouble());
    }
  }

  @Test
  void a_batch_reads_shared_columns_once_and_answers_each_query() throws Exception {
    String answer =
        server.post(
            "/api/v1/query_batch",
            "application/json",
            "{\"start\":1100,\"end\":\"1103\",\"step\":\"1s\",\"queries\":["
                + "\"sum(rate(traffic[1m]))\",{\"id\":\"bad\",\"query\":\"sum(\"},"
                + "{\"id\":\"top\",\"query\":\"max(rate(traffic[1m]))\"}]}");
    String[] lines = answer.substring(4).split("\n");
    assertEquals(3, lines.length);
    assertTrue(lines[0].startsWith("{\"id\":\"0\",\"answer\":{\"status\":\"success\""), lines[0]);
    assertTrue(lines[1].startsWith("{\"id\":\"bad\",\"answer\":{\"status\":\"error\""), lines[1]);
    assertTrue(lines[2].contains("[1100,\"3\"]"), lines[2]);
    assertEquals(3, source.reads, "three series, each read once");
  }

  @Test
  void a_heatmap_is_among_the_answers_that_are_drawn() throws Exception {
    HistogramConfig config = new HistogramConfig(3, 64);
    List<long[]> rows = new ArrayList<>();
    long[] counts = new long[config.bucketCount()];
    for (int i = 0; i < ROWS; i++) {
      counts[5]++;
      rows.add(counts.clone());
    }
    source.put(
        Labels.of("__name__", "h"), Samples.h2(source.times(), H2Rows.of(config, rows), null));
    String answer =
        server.post(
            "/api/v1/query_batch",
            "application/json",
            "{\"start\":1100,\"end\":1103,\"step\":1,\"format\":\"display\",\"queries\":["
                + "\"histogram_heatmap(h)\",\"h\",\"histogram_count(h)\"]}");
    String[] lines = answer.substring(4).split("\n");
    assertTrue(lines[0].contains("\"resultType\":\"histogram_heatmap\""), lines[0]);
    assertTrue(lines[1].contains("\"errorType\":\"execution\""), lines[1]);
    assertTrue(lines[2].contains("\"resultType\":\"series\""), lines[2]);
  }

  @Test
  void a_batch_needs_a_window_and_queries() throws Exception {
    for (String body :
        new String[] {
          "",
          "[]",
          "{",
          "{\"start\":1}",
          "{\"queries\":3}",
          "{\"start\":1,\"end\":2,\"step\":1,\"queries\":[]}",
          "{\"start\":1,\"end\":2,\"step\":1,\"queries\":\"x\"}",
          "{\"start\":1,\"end\":2,\"step\":1,\"queries\":{\"a\":1}}",
          "{\"start\":1,\"end\":2,\"step\":1,\"queries\":[[1,2]]}",
          "{\"start\":1,\"end\":2,\"step\":{},\"queries\":[\"x\"]}",
          "{\"start\":[],\"end\":2,\"step\":1,\"queries\":[\"x\"]}",
          "{\"start\":1,\"end\":2,\"step\":1,\"bands\":[],\"queries\":[{\"id\":{},\"query\":\"x\"}]}",
          "[".repeat(100_000)
        }) {
      String answer = server.post("/api/v1/query_batch", "application/json", body);
      assertTrue(answer.startsWith("400 {\"status\":\"error\",\"errorType\":\"bad_data\""), answer);
    }
    assertTrue(server.get("/api/v1/query_batch").startsWith("405"));
  }

  @Test
  void gives_up_after_the_timeout() throws Exception {
    source.put(
        Labels.of("__name__", "slow"),
        () -> {
          pause(300);
          return Samples.gauges(source.times(), new double[ROWS]);
        });
    String answer =
        server.get(
            RANGE,
            "query",
            "sum(rate(slow[1m]))",
            "start",
            "1000",
            "end",
            "1500",
            "step",
            "1",
            "timeout",
            "50ms");
    assertTrue(answer.startsWith("503 {\"status\":\"error\",\"errorType\":\"timeout\""), answer);
  }

  @Test
  void what_nobody_foresaw_is_told_without_its_inside() throws Exception {
    source.put(
        Labels.of("__name__", "broken"),
        () -> {
          throw new IllegalStateException("inside");
        });
    assertEquals(
        "500 {\"status\":\"error\",\"errorType\":\"internal\","
            + "\"error\":\"the request failed; the log says why\"}",
        server.get("/api/v1/query", "query", "broken"));
    assertEquals(0, server.runner.running());
  }

  @Test
  void stops_when_the_client_goes_away() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    source.put(
        Labels.of("__name__", "slow"),
        () -> {
          started.countDown();
          await(gone);
          pause(600);
          return Samples.gauges(source.times(), new double[ROWS]);
        });
    for (int i = 0; i < 50; i++) {
      source.put(
          Labels.of("__name__", "slow", "id", "" + i),
          () -> {
            pause(200);
            return Samples.gauges(source.times(), new double[ROWS]);
          });
    }
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String path =
          RANGE
              + "?"
              + ApiServer.form(
                  "query", "sum(rate(slow[1m]))", "start", "1000", "end", "1500", "step", "1");
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes());
      assertTrue(started.await(60, TimeUnit.SECONDS));
    }
    gone.countDown();
    // both turns are free again long before all 51 series could have been read (10 s)
    long begin = System.nanoTime();
    while (server.runner.running() > 0 && System.nanoTime() - begin < 60_000_000_000L) {
      pause(20);
    }
    assertEquals(0, server.runner.running());
    assertTrue(source.reads < 51, source.reads + " series were read for nobody");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonObject data(String answer) {
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject().getAsJsonObject("data");
  }
}
