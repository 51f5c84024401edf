package io.rezolus.libs.query.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.SourceSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
  private static final long SECOND = 1_000_000_000L;

  private static QueryResult answer(int series, int rows, String query) {
    List<SourceSeries> all = new ArrayList<>();
    for (int s = 0; s < series; s++) {
      long[] times = new long[rows];
      double[] values = new double[rows];
      for (int i = 0; i < rows; i++) {
        times[i] = i * SECOND;
        values[i] = s + i / 8.0;
      }
      Labels labels = Labels.of(Labels.NAME, "x", "id", String.format("%03d", s));
      all.add(new SourceSeries(labels, Samples.gauges(times, values)));
    }
    SeriesSource source = (matchers, start, end) -> all;
    return new QueryEngine(QueryOptions.DEFAULT)
        .range(source, query, 0, (rows - 1) * SECOND, SECOND);
  }

  private static String text(QueryResult result, int limit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(bytes);
    new ResultJson(json).write(result, limit, -1);
    json.flush();
    assertEquals(bytes.size(), json.total());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String expected(int series, int rows) {
    StringBuilder out = new StringBuilder("{\"resultType\":\"matrix\",\"result\":[");
    for (int s = 0; s < series; s++) {
      out.append(s == 0 ? "" : ",").append("{\"metric\":{\"__name__\":\"x\",\"id\":\"");
      out.append(String.format("%03d", s)).append("\"},\"values\":[");
      for (int i = 0; i < rows; i++) {
        String value = (s + i / 8.0 + "").replaceAll("\\.0$", "");
        out.append(i == 0 ? "" : ",").append("[" + i + ",\"" + value + "\"]");
      }
      out.append("]}");
    }
    return out.append("]}").toString();
  }

  @Test
  void small_answers_list_their_series() throws IOException {
    assertEquals(expected(3, 5), text(answer(3, 5, "x"), 0));
    assertEquals(expected(2, 5), text(answer(3, 5, "x"), 2));
  }

  @Test
  void large_answers_that_are_written_by_several_threads_are_the_same() throws IOException {
    assertEquals(expected(90, 1000), text(answer(90, 1000, "x"), 0));
    assertEquals(expected(70, 1000), text(answer(90, 1000, "x"), 70));
  }

  @Test
  void an_empty_answer_lists_nothing() throws IOException {
    assertEquals("{\"resultType\":\"matrix\",\"result\":[]}", text(answer(2, 5, "x > 1e9"), 0));
  }
}
