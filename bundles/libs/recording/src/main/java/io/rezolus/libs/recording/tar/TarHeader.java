package io.rezolus.libs.recording.tar;

import java.nio.charset.StandardCharsets;

/** The 512 bytes before each file in a tar. */
final class TarHeader {
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int MODE = 100;
  private static final int OWNER = 108;
  private static final int GROUP = 116;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final long OCTAL_MAX = (1L << 33) - 1;

  private TarHeader() {}

  /** A regular file that anyone may read, of no owner and no time. */
  static byte[] of(String name, long size) {
    byte[] header = new byte[BLOCK];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, 0, Math.min(bytes.length, NAME));
    octal(header, MODE, 8, 0644);
    octal(header, OWNER, 8, 0);
    octal(header, GROUP, 8, 0);
    if (size <= OCTAL_MAX) {
      octal(header, SIZE, 12, size);
    } else {
      header[SIZE] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[SIZE + 11 - i] = (byte) (size >>> 8 * i);
      }
    }
    octal(header, TIME, 12, 0);
    header[TYPE] = '0';
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, MAGIC, 8);
    octal(header, CHECKSUM, 7, checksum(header));
    header[CHECKSUM + 7] = ' ';
    return header;
  }

  /** Whether the bytes are a header and undamaged. */
  static boolean isValid(byte[] header) {
    return magic(header) && number(header, CHECKSUM, 8) == checksum(header);
  }

  /** Whether the bytes begin a tar. */
  static boolean magic(byte[] header) {
    return new String(header, MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  static char type(byte[] header) {
    return header[TYPE] == 0 ? '0' : (char) header[TYPE];
  }

  static String name(byte[] header) {
    String name = text(header, 0, NAME);
    // GNU uses these bytes for other things and has a space after the magic word
    String prefix = header[MAGIC + 5] == 0 ? text(header, PREFIX, PREFIX_LENGTH) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /**
   * Bytes of the file.
   *
   * @return -1 where that is no number
   */
  static long size(byte[] header) {
    if ((header[SIZE] & 0x80) == 0) {
      return number(header, SIZE, 12);
    }
    for (int i = SIZE + 1; i < SIZE + 4; i++) {
      if (header[i] != 0) {
        return -1;
      }
    }
    long size = 0;
    for (int i = SIZE + 4; i < SIZE + 12; i++) {
      size = size << 8 | header[i] & 0xFF;
    }
    return size < 0 || header[SIZE] != (byte) 0x80 ? -1 : size;
  }

  private static void octal(byte[] header, int at, int width, long value) {
    String digits = Long.toOctalString(value);
    digits = "0".repeat(width - 1 - digits.length()) + digits;
    System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, header, at, width - 1);
  }

  private static long number(byte[] header, int at, int width) {
    try {
      return Long.parseLong(text(header, at, width).strip(), 8);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static long checksum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static String text(byte[] header, int at, int width) {
    int end = at;
    while (end < at + width && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }
}
