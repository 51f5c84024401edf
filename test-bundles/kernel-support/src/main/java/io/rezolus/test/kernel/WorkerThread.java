package io.rezolus.test.kernel;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread of its own with a known tid that is told what to do, and what the kernel says of it. */
public final class WorkerThread implements AutoCloseable {
  private static final int SCHED_FIFO = 1;

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final int tid;

  /** What the kernel counted: switches by kind, as in {@code /proc/PID/task/TID/status}. */
  public record Switches(long voluntary, long involuntary) {}

  public WorkerThread() throws Exception {
    tid = run(Libc.INSTANCE::gettid);
  }

  public int tid() {
    return tid;
  }

  /** Has the thread do {@code work} and waits for it. */
  public <T> T run(Callable<T> work) throws Exception {
    return start(work).get();
  }

  /** Starts work that goes on while the caller does something else. */
  public <T> Future<T> start(Callable<T> work) {
    return executor.submit(work);
  }

  /** Makes a system call that may fail on the calling thread; the number is the architecture's. */
  public static long call(long number) {
    return Libc.INSTANCE.syscall(number, -1L, 0L, 0L, 0L, 0L, 0L);
  }

  /** Blocks the calling thread. */
  public static void sleep(int micros) {
    Libc.INSTANCE.usleep(micros);
  }

  public void moveTo(CpuCgroup cgroup) throws IOException {
    cgroup.add(tid);
  }

  /** Removes a cgroup after taking this thread out of it. */
  public void leave(CpuCgroup cgroup) throws IOException {
    cgroup.remove(tid);
    cgroup.close();
  }

  public void pin(int cpu) {
    long[] mask = new long[16];
    mask[cpu / 64] = 1L << (cpu % 64);
    if (Libc.INSTANCE.sched_setaffinity(tid, mask.length * 8L, mask) != 0) {
      throw new IllegalStateException("sched_setaffinity: errno " + Native.getLastError());
    }
  }

  /**
   * From now on the thread takes the CPU from any other at once.
   *
   * @return whether the thread's cgroup may have such threads
   */
  public boolean takePrecedence() {
    return Libc.INSTANCE.sched_setscheduler(tid, SCHED_FIFO, new int[] {1}) == 0;
  }

  /** The kernel's count of the thread's switches once it is blocked and stays so. */
  public Switches settle() throws Exception {
    Switches before;
    Switches after = switches();
    do {
      before = after;
      Thread.sleep(20);
      after = switches();
    } while (!before.equals(after) || !statusLine("State:").startsWith("S"));
    return after;
  }

  private Switches switches() throws IOException {
    return new Switches(
        Long.parseLong(statusLine("voluntary_ctxt_switches:")),
        Long.parseLong(statusLine("nonvoluntary_ctxt_switches:")));
  }

  private String statusLine(String key) throws IOException {
    Path status = Path.of("/proc/self/task/" + tid + "/status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).trim();
      }
    }
    throw new IOException(status + ": no " + key);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** libc. */
  private interface Libc extends Library {
    Libc INSTANCE = Native.load("c", Libc.class);

    int gettid();

    int usleep(int micros);

    long syscall(long number, Object... arguments);

    int sched_setaffinity(int tid, long size, long[] mask);

    int sched_setscheduler(int tid, int policy, int[] priority);
  }
}
