package io.rezolus.libs.query.json;

import io.rezolus.libs.query.Band;
import io.rezolus.libs.query.Buckets;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.NativeHistogram;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Answers in the JSON of Prometheus: values are strings, histograms have their buckets listed. */
public final class ResultJson {
  private static final int BYTES_PER_POINT = 32;
  private static final int BUCKETS = 64;

  private final JsonBytes json;
  private PointText points = PointText.of(List.of());

  public ResultJson(JsonBytes json) {
    this.json = json;
  }

  /** Writes series whose points are known already. */
  ResultJson(JsonBytes json, PointText points) {
    this.json = json;
    this.points = points;
  }

  /**
   * Writes {@code {"resultType":...,"result":...}}.
   *
   * @param limit most series, 0 for all
   * @param evalNanos how long the evaluation took, told as {@code stats}; negative for none
   */
  public void write(QueryResult result, int limit, long evalNanos) throws IOException {
    if (result instanceof QueryResult.Matrix matrix) {
      json.raw("{\"resultType\":\"matrix\",\"result\":[");
      series(matrix.series(), limit, true);
    } else if (result instanceof QueryResult.Vector vector) {
      json.raw("{\"resultType\":\"vector\",\"result\":[");
      series(vector.series(), limit, false);
    } else if (result instanceof QueryResult.Heatmap heatmap) {
      json.raw("{\"resultType\":\"histogram_heatmap\",\"result\":[");
      HeatmapJson.write(json, heatmap.series(), limit);
    } else if (result instanceof QueryResult.Scalar scalar) {
      json.raw("{\"resultType\":\"scalar\",\"result\":[").time(scalar.time()).raw(",\"");
      json.decimal(scalar.value()).raw('"');
    } else if (result instanceof QueryResult.Text text) {
      json.raw("{\"resultType\":\"string\",\"result\":[")
          .time(text.time())
          .raw(',')
          .string(text.value());
    }
    json.raw(']');
    if (evalNanos >= 0) {
      json.raw(",\"stats\":{\"timings\":{\"evalTotalTime\":").number(evalNanos / 1e9);
      json.raw(",\"execTotalTime\":").number(evalNanos / 1e9).raw("}}");
    }
    json.raw('}');
  }

  /** Bytes that an answer takes at most, roughly. */
  public static long estimateBytes(QueryResult result) {
    long points = 0;
    if (result instanceof QueryResult.Matrix matrix) {
      for (QueryResult.Series one : matrix.series()) {
        // a histogram lists its buckets
        boolean histogram = one.samples().size() > 0 && Buckets.has(one.samples(), 0);
        points += (histogram ? BUCKETS : 1L) * one.samples().size();
      }
    } else if (result instanceof QueryResult.Heatmap heatmap) {
      for (QueryResult.HeatmapSeries one : heatmap.series()) {
        points += one.count().length;
      }
    }
    return points * BYTES_PER_POINT;
  }

  /** Memory that an answer takes until it is written. */
  public static long heldBytes(QueryResult result) {
    long bytes = 0;
    List<QueryResult.Series> all =
        result instanceof QueryResult.Matrix matrix
            ? matrix.series()
            : result instanceof QueryResult.Vector vector ? vector.series() : List.of();
    for (QueryResult.Series one : all) {
      bytes += one.samples().bytes() + (one.band() == null ? 0 : 16L * one.samples().size());
    }
    return bytes + (result instanceof QueryResult.Heatmap ? estimateBytes(result) : 0);
  }

  /** Whether it has more series than {@code limit}, where that is not 0. */
  public static boolean exceeds(QueryResult result, int limit) {
    return limit > 0 && count(result) > limit;
  }

  /** Number of series in an answer. */
  public static int count(QueryResult result) {
    if (result instanceof QueryResult.Matrix matrix) {
      return matrix.series().size();
    }
    if (result instanceof QueryResult.Heatmap heatmap) {
      return heatmap.series().size();
    }
    return result instanceof QueryResult.Vector vector ? vector.series().size() : 1;
  }

  private void series(List<QueryResult.Series> all, int limit, boolean range) throws IOException {
    List<QueryResult.Series> told = limit > 0 && limit < all.size() ? all.subList(0, limit) : all;
    if (!range) {
      vector(told);
      return;
    }
    points = PointText.of(told);
    if (SeriesChunks.worthwhile(told)) {
      SeriesChunks.write(json, told, points);
    } else {
      list(told);
    }
  }

  private void vector(List<QueryResult.Series> series) throws IOException {
    boolean first = true;
    for (QueryResult.Series one : series) {
      json.raw(first ? "{\"metric\":" : ",{\"metric\":");
      first = false;
      labels(json, one.labels());
      boolean histogram = Buckets.has(one.samples(), 0);
      json.raw(histogram ? ",\"histogram\":" : ",\"value\":");
      point(one.samples(), 0);
      if (one.band() != null) {
        interval(",\"interval\":", one.band(), 0);
      }
      json.raw('}');
    }
  }

  /** Series with all of their points. */
  ResultJson list(List<QueryResult.Series> series) throws IOException {
    boolean first = true;
    for (QueryResult.Series one : series) {
      json.raw(first ? "{\"metric\":" : ",{\"metric\":");
      first = false;
      labels(json, one.labels());
      range(one.samples());
      if (one.band() != null) {
        json.raw(",\"intervals\":[");
        for (int i = 0; i < one.samples().size(); i++) {
          interval(i == 0 ? "" : ",", one.band(), i);
        }
        json.raw(']');
      }
      json.raw('}');
    }
    return this;
  }

  /** Where it writes. */
  JsonBytes bytes() {
    return json;
  }

  /** A label set as an object. */
  public static void labels(JsonBytes json, Labels labels) throws IOException {
    json.raw('{');
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.string(labels.name(i)).raw(':').string(labels.value(i));
    }
    json.raw('}');
  }

  /** Bounds of a value as numbers, null where they are not known. */
  private void interval(String before, Band band, int i) throws IOException {
    json.raw(before);
    if (Double.isNaN(band.lower()[i])) {
      json.number(Double.NaN);
    } else {
      json.raw('[').number(band.lower()[i]).raw(',').number(band.upper()[i]).raw(']');
    }
  }

  private void range(Samples samples) throws IOException {
    int histograms = 0;
    for (int i = 0; i < samples.size(); i++) {
      histograms += Buckets.has(samples, i) ? 1 : 0;
    }
    if (histograms < samples.size()) {
      json.raw(",\"values\":[");
      if (histograms == 0) {
        json.points(samples, points);
      } else {
        some(samples, false);
      }
      json.raw(']');
    }
    if (histograms > 0) {
      json.raw(",\"histograms\":[");
      some(samples, true);
      json.raw(']');
    }
  }

  private void some(Samples samples, boolean histograms) throws IOException {
    boolean first = true;
    for (int i = 0; i < samples.size(); i++) {
      if (Buckets.has(samples, i) == histograms) {
        if (!first) {
          json.raw(',');
        }
        first = false;
        point(samples, i);
      }
    }
  }

  private void point(Samples samples, int i) throws IOException {
    json.raw('[').time(samples.time(i)).raw(',');
    NativeHistogram histogram = Buckets.histogram(samples, i);
    if (histogram == null) {
      json.raw('"').decimal(samples.value(i)).raw('"');
    } else {
      histogram(histogram);
    }
    json.raw(']');
  }

  private void histogram(NativeHistogram histogram) throws IOException {
    json.raw("{\"count\":\"").decimal(histogram.count());
    json.raw("\",\"sum\":\"").decimal(histogram.sum()).raw('"');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes buckets = new JsonBytes(bytes);
    Buckets.visit(histogram, new BucketList(buckets));
    buckets.flush();
    if (bytes.size() > 0) {
      json.raw(",\"buckets\":[").raw(bytes.toByteArray()).raw(']');
    }
    json.raw('}');
  }

  /** Buckets as {@code [rule, lower, upper, count]}. */
  private static final class BucketList implements Buckets.Visitor {
    private final JsonBytes json;

    BucketList(JsonBytes json) {
      this.json = json;
    }

    @Override
    public void bucket(
        double lower, boolean lowerInclusive, double upper, boolean upperInclusive, double count) {
      int rule = lowerInclusive ? upperInclusive ? 3 : 1 : upperInclusive ? 0 : 2;
      try {
        json.raw(json.total() == 0 ? "[" : ",[").number(rule).raw(",\"").decimal(lower);
        json.raw("\",\"").decimal(upper).raw("\",\"").decimal(count).raw("\"]");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e); // memory does not fail
      }
    }
  }
}
