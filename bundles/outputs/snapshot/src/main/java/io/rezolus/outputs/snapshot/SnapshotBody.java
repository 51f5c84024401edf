package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.wire.SnapshotFormat;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The encoded form of the current snapshot, encoded once per reading however many ask for it, and
 * anew in another format.
 */
final class SnapshotBody {
  private final SnapshotSource source;
  private final Supplier<SnapshotFormat> formats;
  private final Function<SnapshotFormat, Function<Snapshot, Body>> encoders;
  private SnapshotFormat format;
  private Function<Snapshot, Body> encode;
  private Body body;
  private long sequence;

  /**
   * @param formats the format that is configured now
   * @param encoders makes an encoder of a format; each is called by one thread at a time
   */
  SnapshotBody(
      SnapshotSource source,
      Supplier<SnapshotFormat> formats,
      Function<SnapshotFormat, Function<Snapshot, Body>> encoders) {
    this.source = source;
    this.formats = formats;
    this.encoders = encoders;
  }

  synchronized Body current() {
    SnapshotFormat wanted = formats.get();
    if (wanted != format) {
      format = wanted;
      encode = encoders.apply(wanted);
      body = null;
    }
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
