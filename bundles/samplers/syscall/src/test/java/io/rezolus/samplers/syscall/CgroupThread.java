package io.rezolus.samplers.syscall;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.rezolus.test.kernel.CpuCgroup;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread of its own that can be put into a cgroup of the cpu controller and told what to do. */
final class CgroupThread implements AutoCloseable {
  private static final int SCHED_FIFO = 1;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final long tid;

  CgroupThread() throws Exception {
    tid = run(() -> call(Platform.isARM() ? 178 : 186)); // gettid
  }

  /** Makes a system call that may fail; the number is the architecture's. */
  static long call(long number) {
    return Calls.LIBC.syscall(number, -1L, 0L, 0L, 0L, 0L, 0L);
  }

  void moveTo(CpuCgroup cgroup) throws IOException {
    cgroup.add(tid);
  }

  /** Removes a cgroup after taking this thread out of it. */
  void leave(CpuCgroup cgroup) throws IOException {
    cgroup.remove(tid);
    cgroup.close();
  }

  <T> T run(Callable<T> work) throws Exception {
    return thread.submit(work).get();
  }

  /** Starts work that goes on while the caller does something else. */
  <T> Future<T> start(Callable<T> work) {
    return thread.submit(work);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  void pin(int cpu) {
    long[] mask = new long[16];
    mask[cpu / 64] = 1L << (cpu % 64);
    if (Calls.LIBC.sched_setaffinity((int) tid, mask.length * 8L, mask) != 0) {
      throw new IllegalStateException("sched_setaffinity: errno " + Native.getLastError());
    }
  }

  /**
   * From now on the thread takes the CPU from any other at once.
   *
   * @return whether the thread's cgroup may have such threads
   */
  boolean takePrecedence() {
    return Calls.LIBC.sched_setscheduler((int) tid, SCHED_FIFO, new int[] {1}) == 0;
  }

  /** libc. */
  interface Calls extends Library {
    Calls LIBC = Native.load("c", Calls.class);

    long syscall(long number, Object... arguments);

    int usleep(int micros);

    int sched_setaffinity(int tid, long size, long[] mask);

    int sched_setscheduler(int tid, int policy, int[] priority);
  }
}
