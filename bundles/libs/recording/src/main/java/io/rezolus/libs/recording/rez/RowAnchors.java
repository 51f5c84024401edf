package io.rezolus.libs.recording.rez;

import io.rezolus.libs.wire.MsgpackBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What evicted rows of a table said about later ones: the schema of a group, or the metadata of
 * names. Rows come in the order of their times.
 */
final class RowAnchors {
  private final Map<String, byte[]> metadata = new HashMap<>();
  private byte[] schema;

  /** Whether something was said that no row that stays says. */
  boolean isPending() {
    return schema != null || !metadata.isEmpty();
  }

  /** Names whose metadata no row that stays says. */
  Set<String> pendingNames() {
    return metadata.keySet();
  }

  /** Takes what a row says that is about to go. */
  void evicted(byte[] row) throws IOException {
    RowReader in = new RowReader(row);
    int elements = in.array();
    if (elements == 0) {
      return;
    }
    if (RowDecoder.isGroup(in)) {
      in.skip();
      if (!in.nil()) {
        schema = slice(row, in);
      }
      return;
    }
    for (int i = 0; i < elements; i++) {
      in.array(4);
      String name = in.string();
      if (!in.nil()) {
        metadata.put(name, slice(row, in));
      }
      in.skip();
      in.skip();
    }
  }

  /**
   * Gives the next row that stays what it lacks.
   *
   * @return the row with it, or null where it needs nothing
   */
  MsgpackBuffer kept(byte[] row) throws IOException {
    RowReader in = new RowReader(row);
    int elements = in.array();
    if (elements == 0) {
      return null;
    }
    MsgpackBuffer out = new MsgpackBuffer(row.length + 256).array(elements);
    boolean changed = false;
    if (RowDecoder.isGroup(in)) {
      out.raw(slice(row, in));
      changed = in.nil();
      if (changed) {
        out.raw(schema).raw(Arrays.copyOfRange(row, in.position(), row.length));
      }
      schema = null;
      return changed ? out : null;
    }
    for (int i = 0; i < elements; i++) {
      in.array(4);
      String name = in.string();
      byte[] said = metadata.remove(name);
      out.array(4).string(name);
      if (!in.nil()) {
        out.raw(slice(row, in));
      } else if (said == null) {
        out.nil();
      } else {
        out.raw(said);
        changed = true;
      }
      out.raw(slice(row, in)).raw(slice(row, in));
    }
    return changed ? out : null;
  }

  /** The bytes of the next value. */
  private static byte[] slice(byte[] row, RowReader in) throws IOException {
    int start = in.position();
    in.skip();
    return Arrays.copyOfRange(row, start, in.position());
  }
}
