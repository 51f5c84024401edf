package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.rezolus.core.bpfhost.BpfObject;

/** The entries of a hash map that programs go on using meanwhile, read some hundred at a time. */
final class HashEntries implements AutoCloseable {
  private static final int MANY = 512;

  private final Engine engine;
  private final String name;
  private final MapLayout layout;
  private final int fd;
  private final Memory position = new Memory(Long.BYTES);
  private int most = MANY;
  private Memory keys;
  private Memory values;

  HashEntries(Engine engine, String name, MapLayout layout, int fd) {
    if (layout == null || !layout.hash() || layout.keySize() != Long.BYTES) {
      throw new IllegalArgumentException("BPF map " + name + " is not a hash with keys of 8 bytes");
    }
    this.engine = engine;
    this.name = name;
    this.layout = layout;
    this.fd = fd;
    allocate();
  }

  private void allocate() {
    keys = new Memory((long) most * layout.keySize());
    values = new Memory((long) most * layout.valueSize());
  }

  /** Removes those of which {@code gone} says so; answers how many. */
  int removeIf(BpfObject.EntryTest gone) {
    int removed = 0;
    Pointer from = null;
    boolean more = true;
    while (more) {
      IntByReference count = new IntByReference(most);
      int result =
          engine.libbpf().bpf_map_lookup_batch(fd, from, position, keys, values, count, null);
      if (result == -Errno.ENOSPC) {
        grow(); // more entries than that share a bucket
        continue;
      }
      if (result < 0 && result != -Errno.ENOENT) {
        throw new IllegalStateException(
            "BPF map " + name + ": cannot be read: " + Errno.text(engine.libc(), -result));
      }
      more = result == 0;
      from = position;
      for (int i = 0; i < count.getValue(); i++) {
        Pointer key = keys.share((long) i * layout.keySize());
        long last = values.getLong((i + 1L) * layout.valueSize() - Long.BYTES);
        if (gone.test(key.getLong(0), last)) {
          removed += engine.libbpf().bpf_map_delete_elem(fd, key) == 0 ? 1 : 0;
        }
      }
    }
    return removed;
  }

  private void grow() {
    close(keys, values);
    most *= 2;
    allocate();
  }

  @Override
  public void close() {
    close(keys, values, position);
  }

  private static void close(Memory... all) {
    for (Memory memory : all) {
      memory.close();
    }
  }
}
