package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.bpfhost.MappedLongs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Objects;

/**
 * A mapping of an array map. Each access holds the monitor, so that the memory cannot be unmapped
 * under it; uncontended that costs some 20 ns for a call, whatever its length.
 */
final class MappedArray implements MappedLongs {
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Libc libc;
  private final String name;
  private Pointer address;
  private long mappedBytes;
  private ByteBuffer bytes;
  private LongBuffer longs;
  private int size;

  MappedArray(Libc libc, String name, MapLayout layout, int fd) {
    this.libc = libc;
    this.name = name;
    map(layout, fd);
  }

  String name() {
    return name;
  }

  /** Goes on with another map in place of the one so far. */
  synchronized void remap(MapLayout layout, int fd) {
    close();
    map(layout, fd);
  }

  private void map(MapLayout layout, int fd) {
    if (!layout.mappable()) {
      throw new IllegalArgumentException(
          "BPF map " + name + " is not an array with BPF_F_MMAPABLE");
    }
    long length = layout.longs() * Long.BYTES;
    long page = libc.getpagesize();
    long whole = (length + page - 1) / page * page;
    if (whole > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "BPF map " + name + " has " + length + " bytes, more than the 2 GiB that can be mapped");
    }
    Pointer mapped =
        libc.mmap(null, whole, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, fd, 0);
    if (Pointer.nativeValue(mapped) == -1) {
      throw new IllegalStateException(
          "BPF map " + name + ": mmap: " + Errno.text(libc, Native.getLastError()));
    }
    address = mapped;
    mappedBytes = whole;
    bytes = mapped.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    longs = bytes.asLongBuffer();
    size = (int) layout.longs();
  }

  @Override
  public synchronized int size() {
    return size;
  }

  @Override
  public synchronized long get(int index) {
    return (long) LONG.getAcquire(open(), Objects.checkIndex(index, size) * Long.BYTES);
  }

  @Override
  public void read(int index, long[] target) {
    read(index, target, 0, target.length);
  }

  @Override
  public synchronized void read(int index, long[] target, int from, int count) {
    open();
    longs.get(index, target, from, count);
  }

  @Override
  public synchronized void set(int index, long value) {
    LONG.setRelease(open(), Objects.checkIndex(index, size) * Long.BYTES, value);
  }

  private ByteBuffer open() {
    if (bytes == null) {
      throw new IllegalStateException("BPF map " + name + " is closed");
    }
    return bytes;
  }

  /** Unmaps. Idempotent. */
  synchronized void close() {
    if (bytes != null) {
      bytes = null;
      longs = null;
      libc.munmap(address, mappedBytes);
    }
  }
}
