package io.rezolus.libs.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Snapshots one after another, as a raw recording holds them. Closes the stream it reads. */
public final class SnapshotStream implements Closeable {
  private final InputStream source;
  private final WireReader in;
  private final SnapshotDecoder decoder = new SnapshotDecoder();

  public SnapshotStream(InputStream source) {
    this.source = source;
    this.in = new WireReader(source, SnapshotDecoder.DEFAULT_MAX_BYTES);
  }

  /**
   * The next snapshot, or null after the last.
   *
   * @throws WireException when the next bytes are no whole snapshot; nothing can be read after that
   */
  public DecodedSnapshot next() throws IOException {
    return in.atEnd() ? null : decoder.decode(in);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
