package io.rezolus.libs.query.json;

import io.rezolus.libs.query.QueryResult;
import java.io.IOException;
import java.util.List;

/**
 * Heatmaps: per label set the times, the upper edges of the buckets and triples of time index,
 * bucket index and count; {@code min_value} and {@code max_value} are the least and greatest count.
 */
final class HeatmapJson {
  private HeatmapJson() {}

  static void write(JsonBytes json, List<QueryResult.HeatmapSeries> all, int limit)
      throws IOException {
    int n = limit > 0 ? Math.min(limit, all.size()) : all.size();
    for (int i = 0; i < n; i++) {
      json.raw(i == 0 ? "{\"metric\":" : ",{\"metric\":");
      ResultJson.labels(json, all.get(i).labels());
      json.raw(",\"timestamps\":[");
      String separator = "";
      for (long time : all.get(i).times()) {
        json.raw(separator).time(time);
        separator = ",";
      }
      json.raw("],\"bucket_bounds\":[");
      separator = "";
      for (double bound : all.get(i).bounds()) {
        json.raw(separator).number(bound);
        separator = ",";
      }
      counts(json, all.get(i));
      json.raw('}');
    }
  }

  private static void counts(JsonBytes json, QueryResult.HeatmapSeries one) throws IOException {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    json.raw("],\"data\":[");
    for (int i = 0; i < one.count().length; i++) {
      json.raw(i == 0 ? "[" : ",[").number((long) one.time()[i]).raw(',');
      json.number((long) one.bucket()[i]).raw(',').number(one.count()[i]).raw(']');
      least = Math.min(least, one.count()[i]);
      most = Math.max(most, one.count()[i]);
    }
    json.raw("],\"min_value\":").number(least).raw(",\"max_value\":").number(most);
  }
}
