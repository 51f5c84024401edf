package io.rezolus.libs.recording.spool;

import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.util.List;

/** The slices of a row group being encoded, by the thread that needs them and any that helps it. */
final class SliceEncoding {
  private final List<RowBatch.Slice> slices;
  private final ColumnCatalogue catalogue;
  private final WriteOptions options;
  private final byte[][] encoded;
  private int next;
  private IOException failure;

  SliceEncoding(List<RowBatch.Slice> slices, ColumnCatalogue catalogue, WriteOptions options) {
    this.slices = slices;
    this.catalogue = catalogue;
    this.options = options;
    encoded = new byte[slices.size()][];
  }

  /** Encodes until every slice has somebody who does. */
  void help() {
    while (encodeNext()) {
      // one after another
    }
  }

  /**
   * Gives a slice away, in their order; encodes slices while it is not there.
   *
   * @throws IOException when a slice could not be encoded
   */
  byte[] take(int slice) throws IOException {
    while (true) {
      synchronized (this) {
        if (failure != null) {
          throw failure;
        }
        if (encoded[slice] != null) {
          byte[] taken = encoded[slice];
          encoded[slice] = null;
          return taken;
        }
      }
      if (!encodeNext()) {
        await(slice);
      }
    }
  }

  private boolean encodeNext() {
    int slice;
    synchronized (this) {
      if (next == slices.size() || failure != null) {
        return false;
      }
      slice = next++;
    }
    try {
      byte[] bytes = slices.get(slice).encode(catalogue, options);
      synchronized (this) {
        encoded[slice] = bytes;
        notifyAll();
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException(e.toString(), e));
    }
    return true;
  }

  private synchronized void fail(IOException e) {
    failure = e;
    notifyAll();
  }

  private synchronized void await(int slice) throws IOException {
    try {
      while (encoded[slice] == null && failure == null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
