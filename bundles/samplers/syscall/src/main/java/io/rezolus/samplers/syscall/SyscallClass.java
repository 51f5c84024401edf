package io.rezolus.samplers.syscall;

import java.util.Locale;

/**
 * What kind of work a system call does. The ordinals are the indexes of every map of the BPF object
 * ({@code bpf/include/syscall_classes.h}), which also says which call belongs where.
 */
enum SyscallClass {
  OTHER,
  READ,
  WRITE,
  POLL,
  LOCK,
  TIME,
  SLEEP,
  SOCKET,
  YIELD,
  FILESYSTEM,
  MEMORY,
  PROCESS,
  QUERY,
  IPC,
  TIMER,
  EVENT;

  /** Number of classes. */
  static final int COUNT = values().length;

  /** Value of the label {@code op}. */
  String op() {
    return name().toLowerCase(Locale.ROOT);
  }
}
