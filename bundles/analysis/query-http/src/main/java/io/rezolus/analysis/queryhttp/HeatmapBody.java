package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A heatmap in the compact form: length of a JSON header as 32 bits, the header, zeros up to a
 * multiple of eight bytes; then times in seconds and counts as doubles, indexes of times and of
 * buckets as 32 bits; all numbers little-endian.
 */
final class HeatmapBody {
  private HeatmapBody() {}

  static void write(QueryResult.HeatmapSeries map, OutputStream out) throws IOException {
    byte[] header = header(map);
    int start = (4 + header.length + 7) / 8 * 8;
    int triples = map.count().length;
    ByteBuffer body =
        ByteBuffer.allocate(start + 8 * map.times().length + 16 * triples)
            .order(ByteOrder.LITTLE_ENDIAN);
    body.putInt(header.length).put(header).position(start);
    for (long time : map.times()) {
      body.putDouble(time / 1e9);
    }
    for (double count : map.count()) {
      body.putDouble(count);
    }
    body.asIntBuffer().put(map.time()).put(map.bucket());
    out.write(body.array());
  }

  private static byte[] header(QueryResult.HeatmapSeries map) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    JsonBytes json = new JsonBytes(bytes);
    json.raw("{\"resultType\":\"histogram_heatmap\",\"metric\":");
    ResultJson.labels(json, map.labels());
    json.raw(",\"bucketBounds\":[");
    String separator = "";
    for (double bound : map.bounds()) {
      json.raw(separator).number(bound);
      separator = ",";
    }
    json.raw("],\"minValue\":").number(Arrays.stream(map.count()).min().orElse(Double.NaN));
    json.raw(",\"maxValue\":").number(Arrays.stream(map.count()).max().orElse(Double.NaN));
    json.raw(",\"nTimestamps\":").number((long) map.times().length);
    json.raw(",\"nTriples\":").number((long) map.count().length).raw('}').flush();
    return bytes.toByteArray();
  }
}
