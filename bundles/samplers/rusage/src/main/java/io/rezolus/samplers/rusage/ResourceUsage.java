package io.rezolus.samplers.rusage;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.api.sampler.UnsupportedException;

/**
 * {@code getrusage(RUSAGE_SELF)}: one call for all threads of this process, those that ended among
 * them. Both supported architectures have 64-bit fields.
 */
final class ResourceUsage implements AutoCloseable {
  // positions in struct rusage, in longs; times are a timeval each
  private static final int USER = 0;
  private static final int SYSTEM = 2;
  private static final int MINOR_FAULTS = 8;
  private static final int MAJOR_FAULTS = 9;
  private static final int BLOCKS_IN = 11;
  private static final int BLOCKS_OUT = 12;
  private static final int VOLUNTARY = 16;
  private static final int INVOLUNTARY = 17;
  private static final int LONGS = 18;

  private static final int RUSAGE_SELF = 0;

  private final Memory struct;
  private final long[] fields = new long[LONGS];

  /**
   * @throws UnsupportedException the native library that makes the call cannot be used
   */
  ResourceUsage() throws UnsupportedException {
    try {
      Native.register(ResourceUsage.class, "c");
      struct = new Memory((long) LONGS * Long.BYTES);
    } catch (LinkageError e) {
      throw new UnsupportedException(
          "getrusage: JNA's native library cannot be loaded ("
              + e.getMessage()
              + "); point java.io.tmpdir at a file system that allows execution",
          e);
    }
  }

  private static native int getrusage(int who, Pointer usage);

  private static native int getpagesize();

  int pageBytes() {
    return getpagesize();
  }

  /** Takes a reading; allocates nothing. */
  void read() {
    getrusage(RUSAGE_SELF, struct); // fails for a bad address only
    struct.read(0, fields, 0, LONGS);
  }

  long userNanos() {
    return nanos(USER);
  }

  long systemNanos() {
    return nanos(SYSTEM);
  }

  long minorFaults() {
    return fields[MINOR_FAULTS];
  }

  long majorFaults() {
    return fields[MAJOR_FAULTS];
  }

  /** Blocks of 512 bytes read from devices. */
  long blocksIn() {
    return fields[BLOCKS_IN];
  }

  /** Blocks of 512 bytes written to devices. */
  long blocksOut() {
    return fields[BLOCKS_OUT];
  }

  long voluntarySwitches() {
    return fields[VOLUNTARY];
  }

  long involuntarySwitches() {
    return fields[INVOLUNTARY];
  }

  private long nanos(int timeval) {
    return fields[timeval] * 1_000_000_000L + fields[timeval + 1] * 1_000L;
  }

  @Override
  public void close() {
    struct.close();
    Native.unregister(ResourceUsage.class);
  }
}
