package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * What the kernel tells of a loaded program.
 *
 * @param runNanos total time in it, while the kernel keeps statistics
 * @param runs executions, likewise
 * @param missed events skipped because the program was at work on that CPU; 0 before Linux 5.12
 * @param verified instructions the verifier went through, over all paths; 0 before Linux 5.16
 */
record ProgramInfo(long runNanos, long runs, long missed, int verified) {
  private static final ProgramInfo NOTHING = new ProgramInfo(0, 0, 0, 0);

  // offsets in struct bpf_prog_info (uapi/linux/bpf.h); an older kernel fills fewer
  private static final int RUN_TIME_NS = 192;
  private static final int RUN_CNT = 200;
  private static final int RECURSION_MISSES = 208;
  private static final int VERIFIED_INSNS = 216;
  private static final int BYTES = 224;

  /** Memory to read into; one who reads often keeps its own. */
  static Memory memory() {
    return new Memory(BYTES + Integer.BYTES);
  }

  static ProgramInfo of(Libbpf lib, int fd) {
    try (Memory memory = memory()) {
      return of(lib, fd, memory);
    }
  }

  /**
   * @param memory of {@link #memory}; what it holds is overwritten
   */
  static ProgramInfo of(Libbpf lib, int fd, Memory memory) {
    Pointer length = memory.share(BYTES, Integer.BYTES);
    memory.clear();
    length.setInt(0, BYTES);
    if (lib.bpf_obj_get_info_by_fd(fd, memory, length) < 0) {
      return NOTHING;
    }
    return new ProgramInfo(
        memory.getLong(RUN_TIME_NS),
        memory.getLong(RUN_CNT),
        memory.getLong(RECURSION_MISSES),
        memory.getInt(VERIFIED_INSNS));
  }
}
