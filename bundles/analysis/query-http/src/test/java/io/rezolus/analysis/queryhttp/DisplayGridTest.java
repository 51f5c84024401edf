package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisplayGridTest {
  private static final int ROWS = 1000;
  private static final String RANGE = "/api/v1/query_range";

  private final MemorySource source = new MemorySource(ROWS);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    for (int id : new int[] {0, 2, 10}) {
      double[] values = new double[ROWS];
      Arrays.fill(values, id);
      values[345] = id == 2 ? 999 : id;
      values[346] = id == 2 ? -1 : id;
      source.put(
          Labels.of("__name__", "busy", "id", "" + id), Samples.gauges(source.times(), values));
    }
    source.put(
        Labels.of("__name__", "brief"),
        Samples.gauges(Arrays.copyOf(source.times(), 3), new double[] {1, Double.NaN, 3}));
    QueryLimits limits = new QueryLimits(1_000_000, 11_000, 9, 1 << 14, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void has_a_row_per_series_in_order_of_their_numbers_and_round_columns() throws Exception {
    JsonObject grid = grid("busy", "points", "60");
    assertEquals("grid", grid.get("resultType").getAsString());
    assertEquals(20, grid.get("bucketWidth").getAsDouble());
    assertEquals(1000, grid.get("start").getAsDouble());
    assertEquals(50, grid.get("columns").getAsInt());
    JsonArray rows = grid.getAsJsonArray("rows");
    assertEquals("0", rows.get(0).getAsJsonObject().get("id").getAsString());
    assertEquals("2", rows.get(1).getAsJsonObject().get("id").getAsString());
    assertEquals("10", rows.get(2).getAsJsonObject().get("id").getAsString());
    assertEquals(3, grid.getAsJsonArray("cells").size());
  }

  @Test
  void has_as_many_columns_as_there_are_points_at_most() throws Exception {
    for (int points = 2; points < 300; points += 7) {
      int columns = grid("busy", "points", "" + points).get("columns").getAsInt();
      assertTrue(columns <= points, columns + " of " + points);
    }
  }

  @Test
  void a_spike_is_seen_and_the_mean_is_of_all_samples() throws Exception {
    assertEquals(999, cell(grid("busy", "points", "60"), 1, 17));
    assertEquals(2, cell(grid("busy", "points", "60"), 1, 16));
    assertEquals(-1, cell(grid("busy", "points", "60", "cell", "min"), 1, 17));
    double mean = (18 * 2 + 999 - 1) / 20.0;
    assertEquals(mean, cell(grid("busy", "points", "60", "cell", "mean"), 1, 17), 1e-9);
    assertEquals(999, grid("busy", "points", "60").get("maxValue").getAsDouble());
  }

  @Test
  void what_fits_is_not_reduced_and_gaps_are_null() throws Exception {
    JsonObject grid =
        JsonParser.parseString(
                server
                    .get(
                        RANGE,
                        "query",
                        "brief",
                        "start",
                        "1000.5",
                        "end",
                        "1005.5",
                        "step",
                        "1",
                        "lookback_delta",
                        "1s",
                        "format",
                        "grid")
                    .substring(4))
            .getAsJsonObject()
            .getAsJsonObject("data");
    assertEquals(1, grid.get("bucketWidth").getAsDouble());
    assertEquals(1000.5, grid.get("start").getAsDouble());
    assertEquals("[[1,null,3,null,null,null]]", grid.get("cells").toString().replace(".0", ""));
  }

  @Test
  void rows_are_in_one_order_whatever_their_labels_look_like() throws Exception {
    for (String id : new String[] {"9", "1a", "010", "7", "9a"}) {
      source.put(
          Labels.of("__name__", "odd", "id", id), Samples.gauges(source.times(), new double[ROWS]));
    }
    assertEquals(
        "[7, 9, 010, 1a, 9a]",
        grid("odd", "points", "10").getAsJsonArray("rows").asList().stream()
            .map(row -> row.getAsJsonObject().get("id").getAsString())
            .toList()
            .toString());
  }

  @Test
  void is_the_same_in_the_compact_form() throws Exception {
    byte[] body =
        server
            .send(
                HttpRequest.newBuilder(
                        server.uri(
                            RANGE, "query", "busy", "start", "1000", "end", "1999", "step", "1",
                            "format", "grid", "points", "60"))
                    .header("Accept", "application/octet-stream"))
            .body();
    ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt();
    JsonObject header =
        JsonParser.parseString(new String(body, 4, length, StandardCharsets.UTF_8))
            .getAsJsonObject();
    int columns = header.get("columns").getAsInt();
    int first = (4 + length + 7) / 8 * 8;
    assertEquals(first + 8 * columns * 3, body.length);
    assertEquals(999, bytes.getDouble(first + 8 * (columns + 17)));
  }

  @Test
  void comes_in_a_batch_too() throws Exception {
    String answer =
        server.post(
            "/api/v1/query_batch",
            "application/json",
            "{\"queries\":[\"busy\"],\"start\":1000,\"end\":1999,\"step\":1,"
                + "\"format\":\"grid\",\"points\":60}");
    assertTrue(answer.contains("\"resultType\":\"grid\",\"cell\":\"max\""), answer);
  }

  @Test
  void what_is_wrong_or_too_large_is_refused() throws Exception {
    String[] window = {"query", "busy", "start", "1000", "end", "1999", "step", "1"};
    String cell = server.get(RANGE, with(window, "format", "grid", "cell", "p99"));
    assertTrue(cell.startsWith("400 ") && cell.contains("max, mean or min"), cell);
    String large = server.get(RANGE, with(window, "format", "grid", "points", "0"));
    assertTrue(large.startsWith("422 ") && large.contains("3 rows of 1000 columns"), large);
    String scalar = server.get("/api/v1/query", "query", "1", "format", "grid");
    assertTrue(scalar.startsWith("400 "), scalar);
  }

  private JsonObject grid(String query, String... more) throws Exception {
    String[] window = {
      "query", query, "start", "1000", "end", "1999", "step", "1", "format", "grid"
    };
    String answer = server.get(RANGE, with(window, more));
    assertTrue(answer.startsWith("200 "), answer);
    return JsonParser.parseString(answer.substring(4)).getAsJsonObject().getAsJsonObject("data");
  }

  private static double cell(JsonObject grid, int row, int column) {
    return grid.getAsJsonArray("cells").get(row).getAsJsonArray().get(column).getAsDouble();
  }

  private static String[] with(String[] parameters, String... more) {
    String[] out = Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, out, parameters.length, more.length);
    return out;
  }
}
