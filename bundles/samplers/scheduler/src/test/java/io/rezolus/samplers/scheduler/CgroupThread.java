package io.rezolus.samplers.scheduler;

import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.WorkerThread;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** A thread in a cgroup of its own. */
final class CgroupThread implements AutoCloseable {
  private final CpuCgroup cgroup;
  private final WorkerThread thread;

  CgroupThread(String name) throws Exception {
    thread = new WorkerThread();
    cgroup = new CpuCgroup(name);
    thread.moveTo(cgroup);
  }

  int tid() {
    return thread.tid();
  }

  /** Has the thread do {@code work} and waits for it. */
  <T> T run(Callable<T> work) throws Exception {
    return thread.run(work);
  }

  void sleep(int times, int micros) throws Exception {
    submit(times, micros).get();
  }

  /** Has the thread sleep {@code times} times while the caller goes on. */
  Future<Void> submit(int times, int micros) {
    return thread.start(
        () -> {
          for (int i = 0; i < times; i++) {
            WorkerThread.sleep(micros);
          }
          return null;
        });
  }

  void pin(int cpu) {
    thread.pin(cpu);
  }

  /** The kernel's count of the thread's switches once it is blocked and stays so. */
  WorkerThread.Switches settle() throws Exception {
    return thread.settle();
  }

  /** Ends the thread and removes the cgroup. */
  @Override
  public void close() throws IOException {
    thread.close();
    cgroup.close();
  }
}
