package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import java.util.function.Function;

/** The encoded form of the current snapshot, encoded once per reading however many ask for it. */
final class SnapshotBody {
  private final SnapshotSource source;
  private final Function<Snapshot, Body> encode;
  private Body body;
  private long sequence;

  /**
   * @param encode is called by one thread at a time
   */
  SnapshotBody(SnapshotSource source, Function<Snapshot, Body> encode) {
    this.source = source;
    this.encode = encode;
  }

  synchronized Body current() {
    return source.read(
        snapshot -> {
          if (body == null || sequence != source.sequence()) {
            body = encode.apply(snapshot);
            sequence = source.sequence();
          }
          return body;
        });
  }
}
