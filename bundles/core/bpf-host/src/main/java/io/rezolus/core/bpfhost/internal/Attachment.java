package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.bpfhost.RunStatistics;

/** An entry program on its hook. Outlives the object it was loaded from. */
final class Attachment implements AutoCloseable {
  // offsets in struct bpf_prog_info (uapi/linux/bpf.h)
  private static final int RUN_TIME_NS = 192;
  private static final int RUN_CNT = 200;
  private static final int INFO_BYTES = 208;

  private final Engine engine;
  private final String variant;
  private final String section;
  private final Pointer link;
  private final int entryFd;

  /** A {@code struct bpf_prog_info} and, after it, its length; kept for the next reading. */
  private final Memory info = new Memory(INFO_BYTES + Integer.BYTES);

  private Attachment(Engine engine, String variant, String section, Pointer link, int entryFd) {
    this.engine = engine;
    this.variant = variant;
    this.section = section;
    this.link = link;
    this.entryFd = entryFd;
  }

  static Attachment attach(Engine engine, NativeObject object, HookChoice choice)
      throws LoadFailure {
    String entry = choice.entry();
    engine.log().clear();
    Pointer link = engine.libbpf().bpf_program__attach(object.program(entry));
    if (link == null) {
      int errno = Native.getLastError();
      throw new LoadFailure(
          entry,
          errno,
          false,
          object.section(entry) + ": cannot attach: " + Errno.text(engine.libc(), errno));
    }
    int fd = engine.libc().fcntl(object.programFd(entry), Libc.F_DUPFD_CLOEXEC, 0);
    return new Attachment(engine, choice.variant(), object.section(entry), link, fd);
  }

  String variant() {
    return variant;
  }

  String section() {
    return section;
  }

  /** What the kernel has measured of the entry program, which includes what it calls. */
  RunStatistics statistics() {
    Pointer length = info.share(INFO_BYTES, Integer.BYTES);
    info.clear();
    length.setInt(0, INFO_BYTES);
    if (engine.libbpf().bpf_obj_get_info_by_fd(entryFd, info, length) < 0) {
      return new RunStatistics(0, 0);
    }
    return new RunStatistics(info.getLong(RUN_CNT), info.getLong(RUN_TIME_NS));
  }

  @Override
  public void close() {
    info.close();
    engine.libbpf().bpf_link__destroy(link);
    engine.libc().close(entryFd);
  }
}
