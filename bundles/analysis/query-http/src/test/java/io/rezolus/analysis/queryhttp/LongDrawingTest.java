package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More steps than a query may hold at a time: they are drawn piece by piece. */
class LongDrawingTest {
  private static final int ROWS = 200_000;
  private static final String[] WINDOW = {"start", "1000", "end", "200999", "step", "1"};

  private final MemorySource source = new MemorySource(ROWS);
  private final double[] values = new double[ROWS];
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < ROWS; i++) {
      values[i] = i % 7;
    }
    values[32_767] = 1e6;
    values[32_768] = -1e6;
    values[199_999] = 2e6;
    source.put(Labels.of("__name__", "long"), Samples.gauges(source.times(), values));
    source.put(
        Labels.of("__name__", "brief"),
        Samples.gauges(Arrays.copyOfRange(source.times(), 70_000, 70_010), new double[10]));
    // what all steps of one series take is refused
    QueryLimits limits = new QueryLimits(100_000, 11_000, 9, 1 << 20, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void every_sample_is_in_its_bucket_once_and_no_spike_is_lost() throws Exception {
    JsonObject series = series("long", 300);
    assertEquals(ROWS, series.get("rawPoints").getAsInt());
    int width = series.get("bucketWidth").getAsInt();
    JsonArray times = series.getAsJsonArray("t");
    assertTrue(times.size() <= 300, times.size() + " buckets");
    for (int i = 0; i < times.size(); i++) {
      int first = times.get(i).getAsInt() - 1000;
      double[] inside =
          Arrays.copyOfRange(values, Math.max(0, first), Math.min(ROWS, first + width));
      String where = "bucket at " + first;
      assertEquals(Arrays.stream(inside).min().orElse(0), number(series, "min", i), where);
      assertEquals(Arrays.stream(inside).max().orElse(0), number(series, "max", i), where);
      assertEquals(
          Arrays.stream(inside).average().orElse(0), number(series, "mean", i), 1e-6, where);
    }
  }

  @Test
  void few_samples_stay_what_they_are() throws Exception {
    JsonObject series = series("last_over_time(brief[1s])", 300);
    assertEquals(10, series.get("n").getAsInt());
    assertEquals(71_000, number(series, "t", 0));
    assertEquals(0, series.get("bucketWidth").getAsInt());
  }

  @Test
  void ends_of_the_whole_query_are_the_same_in_all_pieces() throws Exception {
    JsonObject series = series("end() - start() + range() - step() + 0 * long", 100);
    assertEquals(2 * 199_999 - 1, number(series, "min", 0));
    assertEquals(2 * 199_999 - 1, number(series, "max", series.get("n").getAsInt() - 1));
  }

  @Test
  void a_grid_and_a_batch_are_drawn_in_pieces_too() throws Exception {
    JsonObject grid = data(ask("long", "grid", 300)).getAsJsonObject();
    assertEquals(-1e6, minimum(ask("long", "grid", 300, "cell", "min")));
    assertEquals(2e6, grid.get("maxValue").getAsDouble());
    String batch =
        server.post(
            "/api/v1/query_batch",
            "application/json",
            "{\"queries\":[\"long\"],\"start\":1000,\"end\":200999,\"step\":1,"
                + "\"format\":\"display\",\"points\":60}");
    assertTrue(batch.contains("\"rawPoints\":200000"), batch.substring(0, 300));
  }

  @Test
  void what_has_to_be_held_whole_is_still_refused() throws Exception {
    String answer = server.get("/api/v1/query_range", with("query", "long", "format", "arrow"));
    assertTrue(answer.startsWith("422 "), answer);
  }

  private static double minimum(String answer) {
    return data(answer).get("minValue").getAsDouble();
  }

  private static double number(JsonObject series, String column, int row) {
    return series.getAsJsonArray(column).get(row).getAsDouble();
  }

  private JsonObject series(String query, int points) throws Exception {
    return data(ask(query, "display", points)).getAsJsonArray("series").get(0).getAsJsonObject();
  }

  private String ask(String query, String format, int points, String... more) throws Exception {
    String[] parameters = with("query", query, "format", format, "points", "" + points);
    String[] all = Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, all, parameters.length, more.length);
    String answer = server.get("/api/v1/query_range", all);
    assertTrue(answer.startsWith("200 "), answer);
    return answer;
  }

  private static JsonObject data(String answer) {
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject().getAsJsonObject("data");
  }

  private static String[] with(String... parameters) {
    String[] all = Arrays.copyOf(WINDOW, WINDOW.length + parameters.length);
    System.arraycopy(parameters, 0, all, WINDOW.length, parameters.length);
    return all;
  }
}
