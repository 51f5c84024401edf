package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.bpfhost.internal.LibbpfHost;
import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.KernelHost;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are interrupted by tasks whose calls they are to count as well. */
class PreemptionKernelTest {
  private LibbpfHost host;
  private SyscallPrograms programs;
  private CgroupThread thread;

  @BeforeAll
  static void needs_root_and_btf_and_the_cpu_controller() {
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
  }

  @BeforeEach
  void open() throws Exception {
    host = new LibbpfHost(getClass().getClassLoader()::getResource);
    thread = new CgroupThread();
    programs = new SyscallPrograms(host, feature -> true, () -> false);
  }

  @AfterEach
  void close() {
    System.clearProperty(CountedCalls.VARIANT);
    thread.close();
    programs.close();
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void a_thread_that_interrupts_the_programs_of_another_has_its_calls_counted(String variant)
      throws Exception {
    CountedCalls counted = CountedCalls.start(programs, variant);
    CpuCgroup cgroup = new CpuCgroup("rezolus-urgent-" + variant);
    try (CgroupThread urgent = new CgroupThread()) {
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
  private int[] interrupt(int calls, CgroupThread urgent) throws Exception {
    Future<Integer> busy = thread.start(() -> Calls.repeat(SyscallClass.IPC, calls));
    Future<Integer> interrupting =
        urgent.start(
            () -> {
              int made = 0;
              while (!busy.isDone()) {
                CgroupThread.Calls.LIBC.usleep(300);
                made += Calls.repeat(SyscallClass.EVENT, 10);
              }
              return made;
            });
    return new int[] {busy.get(), interrupting.get()};
  }
}
