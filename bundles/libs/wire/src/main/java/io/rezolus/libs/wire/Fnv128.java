package io.rezolus.libs.wire;

/** FNV-1a with 128 bits. */
record Fnv128(long high, long low) {
  // the prime is 2^88 + 0x13b
  private static final long PRIME_LOW = 0x13b;
  private static final int PRIME_SHIFT = 88 - 64;

  static Fnv128 of(byte[] bytes) {
    long high = 0x6c62272e07bb0142L;
    long low = 0x62b821756295c58dL;
    for (byte b : bytes) {
      low ^= b & 0xff;
      // upper half of the product; the factor is small, so no partial product overflows
      long carry = ((low >>> 32) * PRIME_LOW + ((low & 0xffff_ffffL) * PRIME_LOW >>> 32)) >>> 32;
      high = high * PRIME_LOW + carry + (low << PRIME_SHIFT);
      low *= PRIME_LOW;
    }
    return new Fnv128(high, low);
  }
}
