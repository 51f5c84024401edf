package io.rezolus.libs.query.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTextTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Annotations NOTES =
      new QueryEngine(QueryOptions.DEFAULT).instant((m, a, b) -> List.of(), "1", 0).annotations();

  private static QueryResult.Series series(int id, long[] times, Random random) {
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextInt(10);
            case 2 -> -random.nextDouble();
            case 3 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextInt(1_000_000_000) / 60.0;
          };
    }
    return new QueryResult.Series(Labels.of("id", "" + id), Samples.gauges(times, values));
  }

  /** Point by point, as for histograms. */
  private static String expected(List<QueryResult.Series> all) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes json = new JsonBytes(bytes);
    String separator = "{\"resultType\":\"matrix\",\"result\":[";
    for (QueryResult.Series one : all) {
      json.raw(separator).raw("{\"metric\":");
      separator = ",";
      ResultJson.labels(json, one.labels());
      String before = ",\"values\":[[";
      for (int i = 0; i < one.samples().size(); i++) {
        json.raw(before).time(one.samples().time(i)).raw(",\"");
        json.decimal(one.samples().value(i)).raw("\"]");
        before = ",[";
      }
      json.raw("]}");
    }
    json.raw("]}").flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(List<QueryResult.Series> all, OutputStream out) throws IOException {
    JsonBytes json = new JsonBytes(out);
    new ResultJson(json).write(new QueryResult.Matrix(all, NOTES), 0, -1);
    json.flush();
  }

  private static String written(List<QueryResult.Series> all) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(all, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(longs = {SECOND, 100_000_000, 1_000_000, 1000, 1, 7 * SECOND + 123_456_789})
  void series_with_the_same_times_gaps_and_times_of_their_own_are_as_point_by_point(long step)
      throws IOException {
    Random random = new Random(step);
    for (long start : new long[] {1_700_000_000L * SECOND, 0, -300 * step}) {
      List<QueryResult.Series> all = new ArrayList<>();
      for (int s = 0; s < 60; s++) {
        int rows = s % 3 == 0 ? 700 : 1 + random.nextInt(700);
        long[] times = new long[rows];
        long time = start + (s % 5 == 4 ? random.nextInt(1000) : 0);
        for (int i = 0; i < rows; i++) {
          times[i] = time;
          time += step * (s % 3 == 2 && random.nextInt(50) == 0 ? 3 : 1);
        }
        all.add(series(s, times, random));
      }
      assertEquals(expected(all), written(all));
      assertEquals(expected(all.subList(1, 2)), written(all.subList(1, 2)));
    }
  }

  @Test
  void writing_ends_when_the_client_is_gone() {
    long[] times = new long[5000];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * SECOND;
    }
    List<QueryResult.Series> all = new ArrayList<>();
    for (int s = 0; s < 100; s++) {
      all.add(series(s, times, new Random(s)));
    }
    int[] written = new int[1];
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            written[0] += length;
            if (written[0] > 1_000_000) {
              throw new IOException("broken pipe");
            }
          }
        };
    IOException e = assertThrows(IOException.class, () -> write(all, broken));
    assertEquals("broken pipe", e.getMessage());
    assertTrue(written[0] < 2_000_000);
  }
}
