package io.rezolus.libs.recording.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A table in a FlatBuffers message. Positions that point outside of the message throw {@link
 * IndexOutOfBoundsException}.
 *
 * @param message the whole message, little-endian
 * @param position where the table begins
 */
record FlatTable(ByteBuffer message, int position) {
  /** The table that the message begins with. */
  static FlatTable root(ByteBuffer message) {
    return new FlatTable(message, message.getInt(0));
  }

  /** Whether member {@code i} is present; absent members have the value 0. */
  boolean has(int i) {
    return member(i) != 0;
  }

  byte int8(int i) {
    int at = member(i);
    return at == 0 ? 0 : message.get(at);
  }

  short int16(int i) {
    int at = member(i);
    return at == 0 ? 0 : message.getShort(at);
  }

  int int32(int i) {
    int at = member(i);
    return at == 0 ? 0 : message.getInt(at);
  }

  /** Table that member {@code i} refers to. */
  FlatTable table(int i) {
    return new FlatTable(message, target(member(i)));
  }

  /** Number of elements of the vector in member {@code i}; 0 where it is absent. */
  int length(int i) throws IOException {
    if (!has(i)) {
      return 0;
    }
    int length = message.getInt(target(member(i)));
    // each element of a vector of tables takes four bytes
    if (length < 0 || length > message.capacity() / 4) {
      throw new IOException("vector of " + length + " elements");
    }
    return length;
  }

  /** Table number {@code k} of the vector in member {@code i}. */
  FlatTable element(int i, int k) {
    return new FlatTable(message, target(target(member(i)) + 4 + 4 * k));
  }

  /** Text in member {@code i}; empty where it is absent. */
  String text(int i) throws IOException {
    if (!has(i)) {
      return "";
    }
    int at = target(member(i));
    int length = message.getInt(at);
    if (length < 0 || length > message.capacity() - at - 4) {
      throw new IOException("text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    message.get(at + 4, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int member(int i) {
    int shape = position - message.getInt(position);
    int slot = 4 + 2 * i;
    if (slot >= (message.getShort(shape) & 0xFFFF)) {
      return 0;
    }
    int offset = message.getShort(shape + slot) & 0xFFFF;
    return offset == 0 ? 0 : position + offset;
  }

  private int target(int at) {
    return at + message.getInt(at);
  }
}
