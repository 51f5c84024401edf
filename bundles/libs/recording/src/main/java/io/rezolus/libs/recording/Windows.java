package io.rezolus.libs.recording;

import java.util.BitSet;

/**
 * Acquisition windows of the rows of a part.
 *
 * @param begin nanoseconds since the Unix epoch, not below 0
 * @param end not before {@code begin}
 * @param present rows that have a window
 */
public record Windows(long[] begin, long[] end, BitSet present) {}
