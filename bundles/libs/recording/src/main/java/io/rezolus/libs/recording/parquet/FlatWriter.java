package io.rezolus.libs.recording.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a FlatBuffers message front to back. What a table refers to comes after it: the reference
 * is left blank at first and set by {@link #refer} once the target's position is known.
 */
final class FlatWriter {
  private ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private final Map<String, Integer> shapes = new HashMap<>();

  /** A message, whose first four bytes refer to its root table. */
  FlatWriter() {
    out.putInt(0);
  }

  int position() {
    return out.position();
  }

  byte[] bytes() {
    align(8);
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * Begins a table with all members zero.
   *
   * @param size bytes of the table, the leading four included
   * @param offsets where each member lies in the table; 0 for absent ones
   * @return the table's position
   */
  int table(int size, int... offsets) {
    String shape = size + Arrays.toString(offsets);
    Integer known = shapes.get(shape);
    if (known == null) {
      align(2);
      reserve(4 + 2 * offsets.length);
      known = out.position();
      out.putShort((short) (4 + 2 * offsets.length)).putShort((short) size);
      for (int offset : offsets) {
        out.putShort((short) offset);
      }
      shapes.put(shape, known);
    }
    align(8);
    reserve(size);
    int position = out.position();
    out.putInt(position - known);
    out.position(position + size);
    return position;
  }

  /** Begins a vector of references. */
  int vector(int length) {
    align(4);
    reserve(4 + 4 * length);
    int position = out.position();
    out.putInt(length);
    out.position(position + 4 + 4 * length);
    return position;
  }

  /**
   * Writes a text and returns its position. Nothing is shared: references only point forward, and
   * whoever refers to a text comes before it.
   */
  int text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    align(4);
    reserve(5 + bytes.length);
    int position = out.position();
    out.putInt(bytes.length).put(bytes).put((byte) 0);
    return position;
  }

  void int8(int at, int value) {
    out.put(at, (byte) value);
  }

  void int16(int at, int value) {
    out.putShort(at, (short) value);
  }

  void int32(int at, int value) {
    out.putInt(at, value);
  }

  /** Sets the reference at {@code at} to {@code target}, which lies behind it. */
  void refer(int at, int target) {
    out.putInt(at, target - at);
  }

  private void align(int bytes) {
    reserve(bytes);
    while (out.position() % bytes != 0) {
      out.put((byte) 0);
    }
  }

  private void reserve(int bytes) {
    if (out.remaining() < bytes) {
      int size = Math.max(out.capacity() * 2, out.position() + bytes);
      ByteBuffer larger = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(out.flip());
      out = larger;
    }
  }
}
