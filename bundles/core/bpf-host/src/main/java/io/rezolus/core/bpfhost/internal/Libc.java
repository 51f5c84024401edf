package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of libc that are used, under their C names; errors are -1 with errno. */
interface Libc extends Library {
  int PROT_READ = 1;
  int PROT_WRITE = 2;
  int MAP_SHARED = 1;
  int O_RDONLY = 0;
  int O_CLOEXEC = 0x80000;
  int F_DUPFD_CLOEXEC = 1030;

  Pointer mmap(Pointer address, long length, int protection, int flags, int fd, long offset);

  int munmap(Pointer address, long length);

  int open(String path, int flags);

  int fcntl(int fd, int command, int argument);

  int close(int fd);

  long read(int fd, Pointer buffer, long length);

  int getpagesize();

  String strerror(int errno);

  int vsnprintf(Pointer text, long size, Pointer format, Pointer arguments);
}
