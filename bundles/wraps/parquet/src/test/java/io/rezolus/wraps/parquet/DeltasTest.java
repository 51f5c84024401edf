package io.rezolus.wraps.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltasTest {
  private static final long[] EXTREMES = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1, 1L << 32, -24
  };

  @ParameterizedTest
  @CsvSource({"128,4", "128,1", "128,16", "256,4", "1024,8", "4096,128"})
  void any_values_come_back_whatever_the_size_of_blocks(int block, int miniBlocks)
      throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long[] values = values(random, random.nextInt(random.nextInt(10) == 0 ? 5000 : 300));
      byte[] packed = pack(values, block, miniBlocks);
      assertArrayEquals(values, unpack(packed, packed.length, values.length), "seed " + seed);
      int some = random.nextInt(values.length + 1);
      assertArrayEquals(
          Arrays.copyOf(values, some), unpack(packed, packed.length, some), "seed " + seed);
    }
  }

  @Test
  void every_width_of_differences_is_read_at_every_bit() throws IOException {
    for (int width = 0; width <= 64; width++) {
      long[] values = new long[200];
      Random random = new Random(width);
      for (int i = 1; i < values.length; i++) {
        values[i] = values[i - 1] + (width == 0 ? 0 : random.nextLong() >>> 64 - width);
      }
      byte[] packed = pack(values, 128, 4);
      assertArrayEquals(values, unpack(packed, packed.length, values.length), "width " + width);
    }
  }

  @Test
  void what_is_cut_off_is_refused() throws IOException {
    long[] values = values(new Random(3), 128 + 1);
    byte[] packed = pack(values, 128, 4);
    for (int length = 0; length < packed.length; length++) {
      int end = length;
      assertThrows(IOException.class, () -> unpack(packed, end, values.length));
    }
    assertThrows(IOException.class, () -> unpack(packed, packed.length, values.length + 1));
  }

  @Test
  void blocks_that_contradict_themselves_are_refused() {
    refuses(0, 4, 10); // blocks of nothing
    refuses(128, 0, 10); // in no parts
    refuses(128, 3, 10); // in unequal parts
    refuses(4, 4, 10); // in parts of bits
    refuses(1L << 40, 1L << 37, 10);
    refuses(-1, 4, 10);
    refuses(128, -4, 10);
    refuses(128, Long.MIN_VALUE, 10);
    refuses(128, 4, 9); // fewer values than the page has
    refuses(128, 4, -1);
  }

  @Test
  void damage_is_refused_or_read_as_other_values() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      long[] values = values(random, 1 + random.nextInt(300));
      byte[] packed = pack(values, 128, 4);
      for (int k = 0; k <= i % 3; k++) {
        packed[random.nextInt(packed.length)] = (byte) random.nextInt();
      }
      try {
        assertEquals(values.length, unpack(packed, packed.length, values.length).length);
      } catch (IOException refused) {
        assertEquals(1, refused.getMessage().lines().count());
      }
    }
  }

  private static void refuses(long block, long miniBlocks, long total) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long number : new long[] {block, miniBlocks, total, 0, 0, 0, 0}) {
      long rest = number;
      for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
        bytes.write((int) (rest & 0x7F | 0x80));
      }
      bytes.write((int) rest);
    }
    byte[] packed = bytes.toByteArray();
    assertThrows(IOException.class, () -> unpack(packed, packed.length, 10));
  }

  private static long[] values(Random random, int count) {
    long[] values = new long[count];
    int bits = random.nextInt(65);
    long value = random.nextLong();
    for (int i = 0; i < count; i++) {
      value =
          switch (random.nextInt(20)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> random.nextLong();
            default -> value + (bits == 0 ? 0 : random.nextLong() >> 64 - bits);
          };
      values[i] = value;
    }
    return values;
  }

  private static byte[] pack(long[] values, int block, int miniBlocks) throws IOException {
    try (DeltaBinaryPackingValuesWriterForLong writer =
        new DeltaBinaryPackingValuesWriterForLong(
            block, miniBlocks, 64, 1 << 16, new HeapByteBufferAllocator())) {
      for (long value : values) {
        writer.writeLong(value);
      }
      return writer.getBytes().toByteArray();
    }
  }

  private static long[] unpack(byte[] packed, int length, int count) throws IOException {
    byte[] bytes = new byte[3 + length + RunLengths.SLACK];
    System.arraycopy(packed, 0, bytes, 3, length);
    // what follows must not matter
    Arrays.fill(bytes, 3 + length, bytes.length, (byte) 0xA5);
    long[] values = new long[count];
    Deltas.decode(bytes, 3, 3 + length, values, count);
    return values;
  }
}
