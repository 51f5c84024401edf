package io.rezolus.core.bpfhost;

/**
 * The memory of an mmapable array map, read without system calls. Elements are laid out one after
 * another, each rounded up to 8 bytes. Values are unsigned and each is read atomically; several
 * values are not read at one instant.
 */
public interface MappedLongs {

  /** Number of longs. */
  int size();

  /** The long at {@code index}. */
  long get(int index);

  /** Copies {@code target.length} longs starting at {@code index}. */
  void read(int index, long[] target);

  /** Copies {@code count} longs starting at {@code index} to {@code target[from..]}. */
  void read(int index, long[] target, int from, int count);

  /** Stores a value; for look-up tables and generation marks, before or between events. */
  void set(int index, long value);
}
