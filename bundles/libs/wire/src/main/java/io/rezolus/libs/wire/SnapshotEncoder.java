package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.Snapshot;

/**
 * Writes snapshots as msgpack. An encoder remembers the encoded schemas of the last snapshot by
 * identity, so each producer wants its own. The number of objects made per snapshot does not depend
 * on the number of metrics in it. Not thread safe.
 */
public interface SnapshotEncoder {

  /** Appends {@code snapshot} to {@code out}. */
  void encode(Snapshot snapshot, MsgpackBuffer out);

  /** A new encoder of that format. */
  static SnapshotEncoder of(SnapshotFormat format) {
    return switch (format) {
      case V2 -> new SnapshotV2Encoder();
      case V3 -> new SnapshotV3Encoder();
    };
  }
}
