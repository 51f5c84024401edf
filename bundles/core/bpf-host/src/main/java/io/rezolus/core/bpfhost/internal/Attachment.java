package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.bpfhost.RunStatistics;

/** An entry program on its hook. Outlives the object it was loaded from. */
final class Attachment implements AutoCloseable {
  private final Engine engine;
  private final String variant;
  private final String section;
  private final Pointer link;
  private final int entryFd;

  private final Memory info = ProgramInfo.memory();

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
    ProgramInfo current = ProgramInfo.of(engine.libbpf(), entryFd, info);
    return new RunStatistics(current.runs(), current.runNanos(), current.missed());
  }

  @Override
  public void close() {
    info.close();
    engine.libbpf().bpf_link__destroy(link);
    engine.libc().close(entryFd);
  }
}
