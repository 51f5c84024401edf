package io.rezolus.libs.query;

import java.nio.charset.StandardCharsets;

/** 64-bit xxHash of a label set, each name and value followed by a byte 0xFF. */
final class LabelHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private LabelHash() {}

  /** The hash as a share of its range, 0 to 1. */
  static double share(Labels l) {
    java.io.ByteArrayOutputStream b = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < l.size(); i++) {
      b.writeBytes(l.name(i).getBytes(StandardCharsets.UTF_8));
      b.write(0xFF);
      b.writeBytes(l.value(i).getBytes(StandardCharsets.UTF_8));
      b.write(0xFF);
    }
    long h = hash(b.toByteArray());
    double d = (h >>> 1) * 2.0 + (h & 1);
    return d / 0x1p64;
  }

  static long hash(byte[] in) {
    java.nio.ByteBuffer b = java.nio.ByteBuffer.wrap(in).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    long h;
    if (in.length >= 32) {
      long[] v = {P1 + P2, P2, 0, -P1};
      while (b.remaining() >= 32) {
        for (int i = 0; i < 4; i++) {
          v[i] = round(v[i], b.getLong());
        }
      }
      h =
          Long.rotateLeft(v[0], 1)
              + Long.rotateLeft(v[1], 7)
              + Long.rotateLeft(v[2], 12)
              + Long.rotateLeft(v[3], 18);
      for (long x : v) {
        h = (h ^ round(0, x)) * P1 + P4;
      }
    } else {
      h = P5;
    }
    h += in.length;
    while (b.remaining() >= 8) {
      h = Long.rotateLeft(h ^ round(0, b.getLong()), 27) * P1 + P4;
    }
    if (b.remaining() >= 4) {
      h = Long.rotateLeft(h ^ (b.getInt() & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
    }
    while (b.hasRemaining()) {
      h = Long.rotateLeft(h ^ (b.get() & 0xFF) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long round(long acc, long input) {
    return Long.rotateLeft(acc + input * P2, 31) * P1;
  }
}
