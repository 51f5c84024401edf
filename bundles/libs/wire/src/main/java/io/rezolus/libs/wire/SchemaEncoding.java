package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import java.util.List;
import java.util.SortedMap;

/**
 * A schema in its canonical bytes and the hash of those: FNV-1a, 128 bits.
 *
 * @param schema what is encoded
 * @param bytes msgpack {@code [counters, gauges, histograms]}, each a list of {@code [name,
 *     labels]} with labels sorted by key
 * @param hashHigh upper half of the hash
 * @param hashLow lower half of the hash
 */
public record SchemaEncoding(Schema schema, byte[] bytes, long hashHigh, long hashLow) {

  public static SchemaEncoding of(Schema schema) {
    MsgpackBuffer out = new MsgpackBuffer(64 + schema.size() * 128);
    out.array(3);
    members(out, schema.counters());
    members(out, schema.gauges());
    members(out, schema.histograms());
    byte[] bytes = out.toByteArray();
    Fnv128 hash = Fnv128.of(bytes);
    return new SchemaEncoding(schema, bytes, hash.high(), hash.low());
  }

  private static void members(MsgpackBuffer out, List<Member> members) {
    out.array(members.size());
    for (Member member : members) {
      out.array(2).string(member.name());
      labels(out, member.labels());
    }
  }

  /** Appends labels in canonical order, by the bytes of their keys. */
  static void labels(MsgpackBuffer out, SortedMap<String, String> labels) {
    // String order is UTF-16 order, which differs from byte order only beyond the basic plane
    if (labels.keySet().stream().noneMatch(SchemaEncoding::hasSurrogates)) {
      out.strings(labels);
      return;
    }
    out.map(labels.size());
    labels.keySet().stream()
        .sorted(SchemaEncoding::compareCodePoints)
        .forEach(key -> out.string(key).string(labels.get(key)));
  }

  private static boolean hasSurrogates(String key) {
    return key.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }

  private static int compareCodePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
