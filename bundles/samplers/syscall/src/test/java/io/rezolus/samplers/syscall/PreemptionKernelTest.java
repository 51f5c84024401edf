package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.WorkerThread;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are interrupted by tasks whose calls they are to count as well. */
class PreemptionKernelTest extends ProgramsOnThisKernel {
  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void a_thread_that_interrupts_the_programs_of_another_has_its_calls_counted(String variant)
      throws Exception {
    CountedCalls counted = CountedCalls.start(programs, variant);
    CpuCgroup cgroup = CpuCgroup.ofThisProcess("rezolus-urgent-" + variant);
    try (WorkerThread urgent = new WorkerThread()) {
      thread.moveTo(cgroup);
      thread.pin(0);
      urgent.moveTo(cgroup);
      urgent.pin(0);
      assumeTrue(urgent.takePrecedence(), "this kernel allots no real-time to a fresh cgroup");
      interrupt(10_000, urgent); // where the kernel skips programs, it was seen by now
      long missedBefore = counted.missed();
      long[] before = counted.inCgroup(cgroup);
      int[] made = interrupt(50_000, urgent);
      long[] after = counted.inCgroup(cgroup);
      long missed = counted.missed() - missedBefore;
      long lost =
          made[0] - (after[SyscallClass.IPC.ordinal()] - before[SyscallClass.IPC.ordinal()]);
      long lostByUrgent =
          made[1] - (after[SyscallClass.EVENT.ordinal()] - before[SyscallClass.EVENT.ordinal()]);
      String what = lost + " and " + lostByUrgent + " lost, " + missed + " missed";
      assertTrue(lost >= 0 && lostByUrgent >= 0 && lost + lostByUrgent <= missed, what);
    } finally {
      thread.leave(cgroup);
    }
  }

  /** Calls of a busy thread, and of an urgent one that wakes up again and again meanwhile. */
  private int[] interrupt(int calls, WorkerThread urgent) throws Exception {
    Future<Integer> busy = thread.start(() -> Calls.repeat(SyscallClass.IPC, calls));
    Future<Integer> interrupting =
        urgent.start(
            () -> {
              int made = 0;
              while (!busy.isDone()) {
                WorkerThread.sleep(300);
                made += Calls.repeat(SyscallClass.EVENT, 10);
              }
              return made;
            });
    return new int[] {busy.get(), interrupting.get()};
  }
}
