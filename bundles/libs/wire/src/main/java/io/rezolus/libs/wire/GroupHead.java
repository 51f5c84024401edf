package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Name, hash and schema of a group: all that stays the same while the schema does. Where tasks come
 * and go the schema changes all the time, but most of its members do not.
 *
 * @param bytes msgpack
 * @param members each member's own part of it, by identity
 */
record GroupHead(byte[] bytes, Map<Member, byte[]> members) {

  /**
   * @param former of the same group before its schema changed, or null
   */
  static GroupHead of(GroupData group, GroupHead former) {
    Map<Member, byte[]> known = former == null ? Map.of() : former.members;
    Map<Member, byte[]> members = new IdentityHashMap<>(group.schema().size());
    SchemaEncoding schema =
        SchemaEncoding.of(
            group.schema(),
            member -> {
              byte[] bytes = known.get(member);
              if (bytes == null) {
                bytes = SchemaEncoding.member(member);
              }
              members.put(member, bytes);
              return bytes;
            });
    byte[] bytes =
        new MsgpackBuffer(64 + schema.bytes().length)
            .string(group.name())
            .array(2)
            .unsigned(schema.hashHigh())
            .unsigned(schema.hashLow())
            .raw(schema.bytes())
            .toByteArray();
    return new GroupHead(bytes, members);
  }
}
