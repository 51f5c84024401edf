package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.bpfhost.BpfIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntSupplier;

/** Reads what an iterator program writes, into a buffer that grows to the longest walk. */
final class SeqIterator implements BpfIterator {
  private static final int FIRST_BYTES = 64 * 1024;

  /** {@code BPF_CGROUP_ITER_DESCENDANTS_PRE}. */
  private static final int DESCENDANTS_PRE = 2;

  private final Engine engine;
  private final String program;
  private final Object guard;
  private final IntSupplier link;
  private Memory buffer = new Memory(FIRST_BYTES);

  /**
   * @param guard held during a run, so that the link stays open
   * @param link fd of the iterator's current link; throws when the object is closed
   */
  SeqIterator(Engine engine, String program, Object guard, IntSupplier link) {
    this.engine = engine;
    this.program = program;
    this.guard = guard;
    this.link = link;
  }

  /** Attaches an iterator program; one over cgroups walks the whole cpu hierarchy. */
  static Pointer attach(Engine engine, NativeObject object, String program) throws LoadFailure {
    Pointer attached;
    if (object.section(program).equals("iter/cgroup")) {
      attached = attachToCgroups(engine, object.program(program));
    } else {
      attached = engine.libbpf().bpf_program__attach_iter(object.program(program), null);
    }
    if (attached == null) {
      int errno = Native.getLastError();
      throw new LoadFailure(
          program,
          errno,
          false,
          "BPF object "
              + object.name()
              + ", iterator "
              + program
              + ": cannot attach: "
              + Errno.text(engine.libc(), errno));
    }
    return attached;
  }

  private static Pointer attachToCgroups(Engine engine, Pointer program) {
    int root = engine.libc().open(CpuHierarchy.mountPoint(), Libc.O_RDONLY | Libc.O_CLOEXEC);
    try (Memory which = new Memory(16);
        Memory options = new Memory(24)) {
      which.clear(); // union bpf_iter_link_info, cgroup: order, fd, id
      which.setInt(0, DESCENDANTS_PRE);
      which.setInt(4, Math.max(root, 0));
      options.clear(); // struct bpf_iter_attach_opts: size, link_info, link_info_len
      options.setLong(0, 24);
      options.setPointer(8, which);
      options.setInt(16, 16);
      return engine.libbpf().bpf_program__attach_iter(program, options);
    } finally {
      if (root >= 0) {
        engine.libc().close(root);
      }
    }
  }

  @Override
  public ByteBuffer run() throws IOException {
    synchronized (guard) {
      int fd = engine.libbpf().bpf_iter_create(link.getAsInt());
      if (fd < 0) {
        throw new IOException("BPF iterator " + program + ": " + Errno.text(engine.libc(), -fd));
      }
      try {
        return buffer.getByteBuffer(0, readAll(fd)).order(ByteOrder.nativeOrder());
      } finally {
        engine.libc().close(fd);
      }
    }
  }

  private long readAll(int fd) throws IOException {
    long length = 0;
    while (true) {
      if (length == buffer.size()) {
        Memory larger = new Memory(2 * buffer.size());
        larger.write(0, buffer.getByteArray(0, (int) length), 0, (int) length);
        buffer = larger; // the former buffer is freed when nobody reads from it any more
      }
      long read = engine.libc().read(fd, buffer.share(length), buffer.size() - length);
      if (read == 0) {
        return length;
      }
      if (read > 0) {
        length += read;
        continue;
      }
      int errno = Native.getLastError();
      // EAGAIN: the kernel interrupts a walk over very many objects to let others run
      if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
        throw new IOException("BPF iterator " + program + ": " + Errno.text(engine.libc(), errno));
      }
    }
  }
}
