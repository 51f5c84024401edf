package io.rezolus.test.kernel;

import io.rezolus.core.bpfhost.MappedLongs;

/** The values of a map as plain memory, which the test reads and writes. */
public record LongArray(long... values) implements MappedLongs {
  @Override
  public int size() {
    return values.length;
  }

  @Override
  public long get(int index) {
    return values[index];
  }

  @Override
  public void read(int index, long[] target) {
    read(index, target, 0, target.length);
  }

  @Override
  public void read(int index, long[] target, int from, int count) {
    System.arraycopy(values, index, target, from, count);
  }

  @Override
  public void set(int index, long value) {
    values[index] = value;
  }
}
