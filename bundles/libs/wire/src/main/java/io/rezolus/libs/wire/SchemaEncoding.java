package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

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
    return of(schema, SchemaEncoding::member);
  }

  /**
   * @param member gives the bytes of a member, as {@link #member} does
   */
  static SchemaEncoding of(Schema schema, Function<Member, byte[]> member) {
    MsgpackBuffer out = new MsgpackBuffer(64 + schema.size() * 256);
    out.array(3);
    members(out, schema.counters(), member);
    members(out, schema.gauges(), member);
    members(out, schema.histograms(), member);
    byte[] bytes = out.toByteArray();
    Fnv128 hash = Fnv128.of(bytes);
    return new SchemaEncoding(schema, bytes, hash.high(), hash.low());
  }

  private static void members(
      MsgpackBuffer out, List<Member> members, Function<Member, byte[]> bytes) {
    out.array(members.size());
    for (Member member : members) {
      out.raw(bytes.apply(member));
    }
  }

  /** One member in its canonical bytes. */
  static byte[] member(Member member) {
    MsgpackBuffer out = new MsgpackBuffer(256);
    out.array(2).string(member.name());
    labels(out, member.labels());
    return out.toByteArray();
  }

  /** Appends labels in canonical order, by the bytes of their keys. */
  static void labels(MsgpackBuffer out, SortedMap<String, String> labels) {
    // String order is UTF-16 order, which differs from byte order only beyond the basic plane
    if (!hasSurrogates(labels.keySet())) {
      out.strings(labels);
      return;
    }
    out.map(labels.size());
    labels.keySet().stream()
        .sorted(SchemaEncoding::compareCodePoints)
        .forEach(key -> out.string(key).string(labels.get(key)));
  }

  private static boolean hasSurrogates(Iterable<String> keys) {
    for (String key : keys) {
      for (int i = 0; i < key.length(); i++) {
        if (Character.isSurrogate(key.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static int compareCodePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }
}
