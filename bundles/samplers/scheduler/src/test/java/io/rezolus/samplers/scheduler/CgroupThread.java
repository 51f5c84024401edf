package io.rezolus.samplers.scheduler;

import com.sun.jna.Native;
import io.rezolus.test.kernel.CpuCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread in a cgroup of its own, and what the kernel counted for it. */
final class CgroupThread implements AutoCloseable {
  private final CpuCgroup cgroup;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final int tid;

  /** What the kernel counted: switches by kind, as in {@code /proc/PID/task/TID/status}. */
  record Switches(long voluntary, long involuntary) {}

  CgroupThread(String name) throws Exception {
    cgroup = new CpuCgroup(name);
    tid = run(Libc.INSTANCE::gettid);
    cgroup.add(tid);
  }

  int tid() {
    return tid;
  }

  /** Has the thread do {@code work} and waits for it. */
  <T> T run(Callable<T> work) throws Exception {
    Future<T> done = executor.submit(work);
    return done.get();
  }

  void sleep(int times, int micros) throws Exception {
    submit(times, micros).get();
  }

  /** Has the thread sleep {@code times} times while the caller goes on. */
  Future<?> submit(int times, int micros) {
    return executor.submit(
        () -> {
          for (int i = 0; i < times; i++) {
            Libc.INSTANCE.usleep(micros);
          }
        });
  }

  void pin(int cpu) {
    long[] mask = new long[16];
    mask[cpu / 64] = 1L << (cpu % 64);
    if (Libc.INSTANCE.sched_setaffinity(tid, mask.length * 8L, mask) != 0) {
      throw new IllegalStateException("sched_setaffinity: errno " + Native.getLastError());
    }
  }

  /** The kernel's count of the thread's switches once it is blocked and stays so. */
  Switches settle() throws Exception {
    Switches before;
    Switches after = switches();
    do {
      before = after;
      Thread.sleep(20);
      after = switches();
    } while (!before.equals(after) || !statusLine("State:").startsWith("S"));
    return after;
  }

  Switches switches() throws IOException {
    return new Switches(
        Long.parseLong(statusLine("voluntary_ctxt_switches:")),
        Long.parseLong(statusLine("nonvoluntary_ctxt_switches:")));
  }

  private String statusLine(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/task/" + tid + "/status"))) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).trim();
      }
    }
    throw new IOException("/proc/self/task/" + tid + "/status: no " + key);
  }

  /** Ends the thread and removes the cgroup. */
  @Override
  public void close() throws Exception {
    executor.shutdown();
    cgroup.close();
  }
}
