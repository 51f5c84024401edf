package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.NativeHistogram;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server sends, read by Arrow itself. */
class ArrowAnswerTest {
  private static final int ROWS = 400_000;
  private static final String RANGE = "/api/v1/query_range";

  private final MemorySource source = new MemorySource(ROWS);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    long[] times = source.times();
    double[] values = new double[ROWS];
    Arrays.setAll(values, i -> i);
    source.put(
        Labels.of("__name__", "load", "id", "a"),
        Samples.gauges(Arrays.copyOf(times, 3), Arrays.copyOf(values, 3)));
    source.put(
        Labels.of("__name__", "load", "id", "b"),
        Samples.gauges(Arrays.copyOfRange(times, 1, 4), Arrays.copyOfRange(values, 1, 4)));
    source.put(Labels.of("__name__", "long"), Samples.gauges(times, values));
    QueryLimits limits = new QueryLimits(10_000_000, 11_000, 9, 1 << 23, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void a_range_has_a_column_per_series_with_its_labels_and_nulls_where_it_has_no_value()
      throws Exception {
    byte[] body =
        arrow(
            RANGE,
            "query",
            "load",
            "start",
            "1000",
            "end",
            "1003",
            "step",
            "1",
            "lookback_delta",
            "1s");
    read(
        body,
        (root, schema) -> {
          assertEquals("matrix", schema.getCustomMetadata().get("resultType"));
          assertEquals("timestamp", schema.getFields().get(0).getName());
          assertEquals(
              "Timestamp(NANOSECOND, UTC)", schema.getFields().get(0).getType().toString());
          assertEquals("FloatingPoint(DOUBLE)", schema.getFields().get(1).getType().toString());
          assertEquals(
              Map.of("__name__", "load", "id", "b"), schema.getFields().get(2).getMetadata());
          assertEquals("load{id=\"b\"}", schema.getFields().get(2).getName());
          assertEquals(4, root.getRowCount());
          assertEquals(1_000_000_000_000L, ((TimeStampNanoTZVector) root.getVector(0)).get(0));
          assertEquals(Arrays.asList(0.0, 1.0, 2.0, null), column(root, 1));
          assertEquals(Arrays.asList(null, 1.0, 2.0, 3.0), column(root, 2));
        });
  }

  @Test
  void a_moment_is_one_row() throws Exception {
    read(
        arrow("/api/v1/query", "query", "sum(load)", "time", "1001"),
        (root, schema) -> {
          assertEquals("vector", schema.getCustomMetadata().get("resultType"));
          assertEquals(List.of(2.0), column(root, 1));
        });
    read(
        arrow("/api/v1/query", "query", "1/4", "time", "1001"),
        (root, schema) -> {
          assertEquals("value", schema.getFields().get(1).getName());
          assertEquals(List.of(0.25), column(root, 1));
        });
  }

  @Test
  void what_is_not_there_is_told_in_the_schema() throws Exception {
    byte[] body = arrow("/api/v1/query", "query", "lod", "time", "1001");
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(body), memory)) {
      Map<String, String> told = reader.getVectorSchemaRoot().getSchema().getCustomMetadata();
      assertTrue(told.get("infos").contains("lod"), told.toString());
      assertEquals(1, reader.getVectorSchemaRoot().getFieldVectors().size());
      assertTrue(!reader.loadNextBatch() || reader.getVectorSchemaRoot().getRowCount() == 0);
    }
  }

  @Test
  void more_points_than_json_may_list_come_in_batches() throws Exception {
    byte[] body = arrow(RANGE, "query", "long", "start", "1000", "end", "400999", "step", "1");
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(body), memory)) {
      int rows = 0;
      int batches = 0;
      while (reader.loadNextBatch()) {
        assertEquals((double) rows, reader.getVectorSchemaRoot().getVector(1).getObject(0));
        rows += reader.getVectorSchemaRoot().getRowCount();
        batches++;
      }
      assertEquals(ROWS, rows);
      assertTrue(batches > 1, batches + " batches");
    }
  }

  @Test
  void what_has_no_form_in_columns_is_refused() throws Exception {
    source.put(
        Labels.of("__name__", "h"),
        Samples.mixed(
            new long[] {MemorySource.START},
            new double[1],
            new NativeHistogram[] {
              new NativeHistogram(
                  0,
                  0.001,
                  1,
                  6,
                  9.5,
                  NativeHistogram.Side.EMPTY,
                  NativeHistogram.Side.EMPTY,
                  new double[0],
                  NativeHistogram.Hint.UNKNOWN)
            },
            null));
    String histogram = server.get("/api/v1/query", "query", "h", "time", "1000", "format", "arrow");
    assertTrue(histogram.startsWith("422 ") && histogram.contains("histogram_quantile"), histogram);
    String text = server.get("/api/v1/query", "query", "\"x\"", "format", "arrow");
    assertTrue(text.startsWith("400 "), text);
    String other = server.get("/api/v1/query", "query", "load", "format", "pdf");
    assertTrue(other.startsWith("400 ") && other.contains("expected arrow"), other);
    String[] large = {
      "query", "{__name__=~\"l.*\"}", "start", "1000", "end", "400999", "step", "1"
    };
    String refused = server.get(RANGE, with(large, "format", "arrow"));
    assertTrue(refused.startsWith("422 ") && refused.contains("MB"), refused);
  }

  @Test
  void more_columns_than_there_is_memory_for_are_refused() throws Exception {
    QueryLimits small = new QueryLimits(100, 11_000, 9, 1 << 23, 60_000_000_000L, 2);
    Capture capture = new Capture("baseline", source, "a.parquet", null, false);
    try (ApiServer other = new ApiServer(small, capture)) {
      String refused =
          other.get("/api/v1/query", "query", "load", "time", "1001", "format", "arrow");
      assertTrue(refused.startsWith("422 ") && refused.contains("2 series"), refused);
    }
  }

  /** Looks at the first batch. */
  private interface Look {
    void at(VectorSchemaRoot root, Schema schema);
  }

  private static void read(byte[] body, Look look) throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(body), memory)) {
      assertTrue(reader.loadNextBatch());
      look.at(reader.getVectorSchemaRoot(), reader.getVectorSchemaRoot().getSchema());
    }
  }

  private static List<Object> column(VectorSchemaRoot root, int column) {
    Object[] out = new Object[root.getRowCount()];
    Arrays.setAll(out, i -> root.getVector(column).getObject(i));
    return Arrays.asList(out);
  }

  private static String[] with(String[] parameters, String... more) {
    String[] out = Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, out, parameters.length, more.length);
    return out;
  }

  private byte[] arrow(String path, String... parameters) throws Exception {
    HttpResponse<byte[]> answer =
        server.send(HttpRequest.newBuilder(server.uri(path, with(parameters, "format", "arrow"))));
    assertEquals(200, answer.statusCode());
    assertEquals(ArrowAnswer.TYPE, answer.headers().firstValue("Content-Type").orElse("none"));
    assertNull(answer.headers().firstValue("Content-Encoding").orElse(null));
    return answer.body();
  }
}
