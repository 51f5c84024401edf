package io.rezolus.core.bpfhost.internal;

/** Error numbers that decide something here; the same on x86_64 and aarch64. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;

  /** The kernel's own "not supported", which leaks to user space from BPF. */
  static final int ENOTSUPP = 524;

  private Errno() {}

  /** Whether the number says that this kernel or configuration does not offer the thing. */
  static boolean meansAbsent(int errno) {
    return errno == EPERM
        || errno == ENOENT
        || errno == ESRCH
        || errno == EOPNOTSUPP
        || errno == ENOTSUPP;
  }

  /** The kernel's words, for example {@code No such file or directory (2)}. */
  static String text(Libc libc, int errno) {
    String words = errno == ENOTSUPP ? "Not supported by this kernel" : libc.strerror(errno);
    return words + " (" + errno + ')';
  }
}
