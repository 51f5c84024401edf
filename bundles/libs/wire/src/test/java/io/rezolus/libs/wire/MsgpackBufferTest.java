package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** The msgpack library is the witness for what the shortest form is. */
class MsgpackBufferTest {

  @Test
  void writes_numbers_in_their_shortest_form() throws Exception {
    for (int power = 0; power < 64; power++) {
      for (long offset = -2; offset <= 2; offset++) {
        for (long value : new long[] {(1L << power) + offset, -(1L << power) + offset}) {
          try (MessageBufferPacker witness = MessagePack.newDefaultBufferPacker()) {
            witness.packLong(value);
            witness.packBigInteger(new BigInteger(Long.toUnsignedString(value)));
            assertArrayEquals(
                witness.toByteArray(),
                new MsgpackBuffer(1).signed(value).unsigned(value).toByteArray());
          }
        }
      }
    }
  }

  @Test
  void writes_strings_and_headers_of_every_width() throws Exception {
    for (int size : new int[] {0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536}) {
      try (MessageBufferPacker witness = MessagePack.newDefaultBufferPacker()) {
        witness.packString("x".repeat(size)).packArrayHeader(size).packMapHeader(size);
        assertArrayEquals(
            witness.toByteArray(),
            new MsgpackBuffer(1).string("x".repeat(size)).array(size).map(size).toByteArray());
      }
    }
  }
}
