package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.RowWindows;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bounds of values, from the times within which samples were read. */
class BandsTest {
  private static final int ROWS = 600;
  private static final String RANGE = "/api/v1/query_range";
  private static final String[] QUERY = {
    "query", "rate(traffic[10s])", "start", "1020", "end", "1599", "step", "1"
  };

  private final MemorySource source = new MemorySource(ROWS);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    long[] values = new long[ROWS];
    Arrays.setAll(values, i -> 100L * i);
    source.put(Labels.of("__name__", "traffic"), Samples.counters(source.times(), values));
    long[] ends = source.times();
    Arrays.setAll(ends, i -> ends[i] + MemorySource.SECOND / 2);
    source.windows = new RowWindows(source.times(), source.times(), ends);
    QueryLimits limits = new QueryLimits(1_000_000, 11_000, 9, 1 << 20, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void each_point_has_its_bounds_when_asked_and_only_then() throws Exception {
    JsonObject series = only(data(server.get(RANGE, with("bands", "1"))), "result");
    JsonArray values = series.getAsJsonArray("values");
    JsonArray bounds = series.getAsJsonArray("intervals");
    assertEquals(values.size(), bounds.size());
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i).getAsJsonArray().get(1).getAsDouble();
      double lower = bounds.get(i).getAsJsonArray().get(0).getAsDouble();
      double upper = bounds.get(i).getAsJsonArray().get(1).getAsDouble();
      assertTrue(lower < value && value < upper, lower + " < " + value + " < " + upper);
    }
    assertFalse(server.get(RANGE, QUERY).contains("intervals"));
    String instant = server.get("/api/v1/query", "query", QUERY[1], "bands", "1");
    assertTrue(instant.contains("\"interval\":["), instant);
    assertTrue(server.get(RANGE, with("bands", "yes")).startsWith("400 "));
  }

  @Test
  void what_is_drawn_has_the_median_of_the_bounds() throws Exception {
    JsonObject json =
        only(
            data(server.get(RANGE, with("bands", "1", "format", "display", "points", "50"))),
            "series");
    assertTrue(json.get("unc").getAsBoolean());
    double mean = json.getAsJsonArray("mean").get(5).getAsDouble();
    double lower = json.getAsJsonArray("uncLo").get(5).getAsDouble();
    double upper = json.getAsJsonArray("uncHi").get(5).getAsDouble();
    assertTrue(lower < mean && mean < upper, lower + " < " + mean + " < " + upper);
    assertFalse(only(data(server.get(RANGE, with("format", "display"))), "series").has("uncLo"));

    byte[] body =
        server
            .send(
                java.net.http.HttpRequest.newBuilder(
                    server.uri(RANGE, with("bands", "1", "format", "columnar", "points", "50"))))
            .body();
    int length = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt();
    JsonObject header =
        only(
            JsonParser.parseString(new String(body, 4, length, StandardCharsets.UTF_8))
                .getAsJsonObject(),
            "series");
    int rows = header.get("n").getAsInt();
    assertEquals((4 + length + 7) / 8 * 8 + 9 * 8 * rows, body.length);
  }

  @Test
  void a_batch_has_them_too() throws Exception {
    String batch =
        "{\"queries\":[\"rate(traffic[10s])\"],\"start\":1020,\"end\":1030,\"step\":1,\"bands\":1}";
    String answer = server.post("/api/v1/query_batch", "application/json", batch);
    assertTrue(answer.contains("\"intervals\":[["), answer);
  }

  @Test
  void in_columns_they_follow_their_series() throws Exception {
    byte[] body =
        server
            .send(
                java.net.http.HttpRequest.newBuilder(
                    server.uri(RANGE, with("bands", "1", "format", "arrow"))))
            .body();
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(body), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertTrue(reader.loadNextBatch());
      assertEquals(4, root.getFieldVectors().size());
      assertEquals("lower", root.getVector(2).getField().getMetadata().get("__bound__"));
      assertEquals("upper", root.getVector(3).getField().getMetadata().get("__bound__"));
      double value = (Double) root.getVector(1).getObject(5);
      assertTrue((Double) root.getVector(2).getObject(5) < value);
      assertTrue((Double) root.getVector(3).getObject(5) > value);
    }
  }

  private static String[] with(String... more) {
    String[] out = Arrays.copyOf(QUERY, QUERY.length + more.length);
    System.arraycopy(more, 0, out, QUERY.length, more.length);
    return out;
  }

  private static JsonObject data(String answer) {
    assertTrue(answer.startsWith("200 "), answer);
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject().getAsJsonObject("data");
  }

  private static JsonObject only(JsonObject data, String list) {
    assertEquals(1, data.getAsJsonArray(list).size());
    return data.getAsJsonArray(list).get(0).getAsJsonObject();
  }
}
