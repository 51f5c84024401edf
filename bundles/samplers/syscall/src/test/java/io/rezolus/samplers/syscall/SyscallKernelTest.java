package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.TaskTable;
import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.HighTids;
import io.rezolus.test.kernel.MissedRuns;
import io.rezolus.test.kernel.WorkerThread;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs on the running kernel; the witness is a thread that counts its own calls. */
class SyscallKernelTest extends ProgramsOnThisKernel {
  /** Enough to go on while the latency is switched a few times; an emulated CPU is slow. */
  private static final int CALLS_WHILE_SWITCHED =
      System.getenv("REZOLUS_VM") == null ? 400_000 : 100_000;

  private static final int TOGGLES = 10;

  private SyscallCountsSampler counts;
  private SyscallLatencySampler latency;
  private CountedCalls counted;

  private void start(String variant) throws Exception {
    counted = CountedCalls.start(programs, variant);
    counts = counted.sampler();
    latency = new SyscallLatencySampler(programs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void every_hook_collects_through_the_wanted_variant(String variant) throws Exception {
    start(variant);
    assertEquals(SamplerHealth.Level.HEALTHY, counts.health().level());
    assertEquals(SamplerHealth.Level.HEALTHY, latency.health().level());
    assertEquals(
        List.of(
            variant + "/sched_process_free",
            variant + "/sched_process_fork",
            variant + "/sys_exit",
            variant + "/sys_enter"),
        latency.health().programs().stream().map(p -> p.hook()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void n_calls_in_a_cgroup_are_n_in_its_class(String variant) throws Exception {
    start(variant);
    CpuCgroup cgroup = CpuCgroup.ofThisProcess("rezolus-test-" + variant);
    try {
      thread.moveTo(cgroup);
      callEach(1); // loads what the loop needs, and makes the cgroup known
      Map<SyscallClass, Long> surplus = Map.of();
      // the JVM may make a call of its own on that thread, but not each time
      for (int attempt = 0; attempt < 10 && (attempt == 0 || !surplus.isEmpty()); attempt++) {
        long missedBefore = counted.missed();
        long[] before = counted.inCgroup(cgroup);
        long[] hostBefore = counted.totals();
        callEach(1000);
        long[] after = counted.inCgroup(cgroup);
        long[] hostAfter = counted.totals();
        long missed = counted.missed() - missedBefore;
        surplus = new EnumMap<>(SyscallClass.class);
        for (SyscallClass c : Calls.OF_CLASS.keySet()) {
          int i = c.ordinal();
          long extra = after[i] - before[i] - (1000 + i);
          assertTrue(extra >= -missed, c.op() + ": lost " + -extra + " of " + missed + " missed");
          if (extra > 0) {
            surplus.put(c, extra);
          }
          assertTrue(hostAfter[i] - hostBefore[i] >= 1000 + i - missed, c.op());
        }
      }
      assertEquals(Map.of(), surplus);
    } finally {
      thread.leave(cgroup);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void each_call_that_was_counted_has_a_duration(String variant) throws Exception {
    start(variant);
    assertCountedAndTimed(thread);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void each_call_of_a_thread_with_a_high_id_has_a_duration(String variant) throws Exception {
    start(variant);
    try (HighTids ids = HighTids.assume();
        WorkerThread high = new WorkerThread()) {
      assertTrue(high.tid() >= HighTids.LOW_TIDS, "tid " + high.tid());
      assertCountedAndTimed(high);
      assertEquals(0, TaskTable.cached(latency.object(), SyscallPrograms.STARTS).untracked());
    }
  }

  private void assertCountedAndTimed(WorkerThread caller) throws Exception {
    int timer = SyscallClass.TIMER.ordinal();
    long surplus = 1;
    // somebody else on the host may use a timer as well, but not each time
    for (int attempt = 0; attempt < 20 && surplus != 0; attempt++) {
      long missedBefore = missed();
      long callsBefore = counted.totals()[timer];
      long timedBefore = durations(timer);
      caller.run(() -> Calls.repeat(SyscallClass.TIMER, 5000));
      long timed = durations(timer) - timedBefore - 5000;
      long calls = counted.totals()[timer] - callsBefore - 5000;
      long missed = missed() - missedBefore;
      assertTrue(calls >= -missed && timed >= -missed, calls + ", " + timed + ", missed " + missed);
      surplus = Math.max(0, Math.max(calls, timed));
    }
    assertEquals(0, surplus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void switching_the_latency_costs_the_counts_no_call(String variant) throws Exception {
    start(variant);
    CpuCgroup cgroup = CpuCgroup.ofThisProcess("rezolus-toggle-" + variant);
    try {
      thread.moveTo(cgroup);
      callEach(1);
      long missedBefore = counted.missed();
      long before = counted.inCgroup(cgroup)[SyscallClass.IPC.ordinal()];
      AtomicBoolean switched = new AtomicBoolean();
      Future<Integer> calls =
          thread.start(
              () -> {
                int made = 0;
                while (made < CALLS_WHILE_SWITCHED || !switched.get()) {
                  made += Calls.repeat(SyscallClass.IPC, 100);
                }
                return made;
              });
      try {
        for (int toggles = 0; toggles < TOGGLES; toggles++) {
          latency.close();
          latency = new SyscallLatencySampler(programs);
        }
      } finally {
        switched.set(true);
      }
      long lost = calls.get() - (counted.inCgroup(cgroup)[SyscallClass.IPC.ordinal()] - before);
      long missed = counted.missed() - missedBefore;
      assertTrue(lost >= 0 && lost <= missed, lost + " lost, " + missed + " missed by the kernel");
    } finally {
      thread.leave(cgroup);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void an_update_while_second_programs_are_attached_counts_each_call_once(String variant)
      throws Exception {
    SkippingHost skipping = new SkippingHost(host);
    programs = new SyscallPrograms(skipping, feature -> false, () -> false);
    CpuCgroup cgroup = CpuCgroup.ofThisProcess("rezolus-update-" + variant);
    try {
      counted = CountedCalls.start(programs, variant);
      assertTrue(hooks(counted).contains("sys_enter_again"), "second programs are attached");
      thread.moveTo(cgroup);
      callEach(1);
      long missedBefore = MissedRuns.total();
      long before = counted.inCgroup(cgroup)[SyscallClass.IPC.ordinal()];
      AtomicBoolean updated = new AtomicBoolean();
      Future<Integer> calls =
          thread.start(
              () -> {
                int made = 0;
                while (!updated.get()) {
                  made += Calls.repeat(SyscallClass.IPC, 100);
                }
                return made;
              });
      try {
        for (int updates = 0; updates < TOGGLES; updates++) {
          // its name is known to the host already: maps and programs go on
          programs = new SyscallPrograms(skipping, feature -> false, () -> false);
          counted = CountedCalls.start(programs, variant);
          counted.totals(); // brings second programs again
        }
      } finally {
        updated.set(true);
      }
      int made = calls.get();
      long lost = made - (counted.inCgroup(cgroup)[SyscallClass.IPC.ordinal()] - before);
      long missed = MissedRuns.total() - missedBefore;
      assertTrue(lost >= 0 && lost <= missed, lost + " of " + made + " lost, missed " + missed);
    } finally {
      thread.leave(cgroup);
    }
  }

  private static List<String> hooks(CountedCalls counted) {
    counted.sampler().refresh();
    return counted.sampler().object().programs().stream().map(program -> program.name()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void the_latency_is_measured_exactly_while_it_is_on(String variant) throws Exception {
    programs = new SyscallPrograms(host, feature -> false, () -> false);
    start(variant);
    int timer = SyscallClass.TIMER.ordinal();
    long surplus = 1;
    for (int attempt = 0; attempt < 20 && surplus != 0; attempt++) {
      long missedBefore = missed();
      long before = durations(timer);
      thread.run(() -> Calls.repeat(SyscallClass.TIMER, 300));
      latency.close();
      thread.run(() -> Calls.repeat(SyscallClass.TIMER, 5000));
      latency = new SyscallLatencySampler(programs);
      thread.run(() -> Calls.repeat(SyscallClass.TIMER, 400));
      long timed = durations(timer) - before - 700;
      long missed = missed() - missedBefore;
      assertTrue(timed >= -missed, timed + ", missed " + missed);
      surplus = Math.max(0, timed);
    }
    assertEquals(0, surplus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void a_new_cgroup_under_an_old_id_starts_at_zero(String variant) throws Exception {
    start(variant);
    CpuCgroup first = CpuCgroup.ofThisProcess("rezolus-first-" + variant);
    thread.moveTo(first);
    callEach(1000);
    assertTrue(counted.inCgroup(first)[SyscallClass.EVENT.ordinal()] >= 1000);
    String id = counted.id(first);
    thread.leave(first);
    counts.refresh();
    assertEquals(-1, counted.position(first), "a removed cgroup is not exposed");
    boolean reused = false;
    for (int attempt = 0; attempt < 50 && !reused; attempt++) {
      CpuCgroup next = CpuCgroup.ofThisProcess("rezolus-next-" + variant + attempt);
      try {
        thread.moveTo(next);
        callEach(1);
        assertEquals(
            1 + SyscallClass.EVENT.ordinal(), counted.inCgroup(next)[SyscallClass.EVENT.ordinal()]);
        assertEquals(-1, counted.position(first));
        reused = counted.id(next).equals(id);
      } finally {
        thread.leave(next);
      }
      Thread.sleep(20); // the kernel frees an id a while after its cgroup
    }
    assumeTrue(reused, "the kernel did not hand out css id " + id + " again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void nothing_is_left_after_both_samplers_are_gone(String variant) throws Exception {
    start(variant);
    counts.close();
    assertFalse(latency.health().programs().isEmpty());
    latency.close();
    assertNull(latency.health());
  }

  /** In each class as many calls as {@code n} and the class's ordinal are together. */
  private void callEach(int n) throws Exception {
    thread.run(
        () -> {
          Calls.OF_CLASS.keySet().forEach(c -> Calls.repeat(c, n + c.ordinal()));
          return null;
        });
  }

  /** Entries and exits that no program has seen. */
  private long missed() throws Exception {
    return counted.missed() + programs.cost(SyscallFeature.LATENCY).missed();
  }

  private long durations(int syscallClass) {
    latency.refresh();
    return Arrays.stream(latency.groups().get(0).histogram(syscallClass)).sum();
  }
}
