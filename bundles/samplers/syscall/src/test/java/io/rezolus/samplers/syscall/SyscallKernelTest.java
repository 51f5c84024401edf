package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.KernelHost;
import io.rezolus.test.kernel.MissedRuns;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs on the running kernel; the witness is a thread that counts its own calls. */
class SyscallKernelTest {
  private static final String VARIANT = "REZOLUS_BPF_VARIANT";

  /** One call for each class that nothing in a Java thread makes by itself; all of them fail. */
  private static final Map<SyscallClass, Integer> CALLS =
      new EnumMap<>(
          Map.of(
              SyscallClass.OTHER, 2000,
              SyscallClass.READ, Platform.isARM() ? 67 : 17, // pread64
              SyscallClass.POLL, Platform.isARM() ? 21 : 233, // epoll_ctl
              SyscallClass.TIME, Platform.isARM() ? 112 : 227, // clock_settime
              SyscallClass.SOCKET, Platform.isARM() ? 204 : 51, // getsockname
              SyscallClass.PROCESS, Platform.isARM() ? 155 : 121, // getpgid
              SyscallClass.QUERY, Platform.isARM() ? 173 : 110, // getppid
              SyscallClass.IPC, Platform.isARM() ? 187 : 71, // msgctl
              SyscallClass.TIMER, Platform.isARM() ? 109 : 225, // timer_getoverrun
              SyscallClass.EVENT, Platform.isARM() ? 1 : 207)); // io_destroy

  private LibbpfHost host;
  private SyscallPrograms programs;
  private SyscallCountsSampler counts;
  private SyscallLatencySampler latency;
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
    System.clearProperty(VARIANT);
    thread.close();
    programs.close();
    host.close();
  }

  private void start(String variant) throws Exception {
    System.setProperty(VARIANT, "*=" + variant);
    try {
      counts = new SyscallCountsSampler(programs);
    } catch (UnsupportedException e) {
      assumeTrue(!e.getMessage().contains("this kernel lacks a helper"), e.getMessage());
      throw e;
    }
    latency = new SyscallLatencySampler(programs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void every_hook_collects_through_the_wanted_variant(String variant) throws Exception {
    start(variant);
    assertEquals(SamplerHealth.Level.HEALTHY, counts.health().level());
    assertEquals(SamplerHealth.Level.HEALTHY, latency.health().level());
    assertEquals(
        List.of(variant + "/sched_process_fork", variant + "/sys_exit", variant + "/sys_enter"),
        latency.health().programs().stream().map(p -> p.hook()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void n_calls_in_a_cgroup_are_n_in_its_class(String variant) throws Exception {
    start(variant);
    CpuCgroup cgroup = new CpuCgroup("rezolus-test-" + variant);
    try {
      thread.moveTo(cgroup);
      callEach(1); // loads what the loop needs, and makes the cgroup known
      Map<SyscallClass, Long> surplus = Map.of();
      // the JVM may make a call of its own on that thread, but not each time
      for (int attempt = 0; attempt < 10 && (attempt == 0 || !surplus.isEmpty()); attempt++) {
        long missedBefore = missed();
        long[] before = inCgroup(cgroup);
        long[] hostBefore = totals();
        callEach(1000);
        long[] after = inCgroup(cgroup);
        long[] hostAfter = totals();
        long missed = missed() - missedBefore;
        surplus = new EnumMap<>(SyscallClass.class);
        for (SyscallClass c : CALLS.keySet()) {
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
    int timer = SyscallClass.TIMER.ordinal();
    long counted = 0;
    long timed = 0;
    // somebody else on the host may use a timer as well, but not each time
    for (int attempt = 0; attempt < 20 && (counted != 5000 || timed != 5000); attempt++) {
      long countedBefore = totals()[timer];
      long timedBefore = durations(timer);
      thread.run(() -> repeat(CALLS.get(SyscallClass.TIMER), 5000));
      timed = durations(timer) - timedBefore;
      counted = totals()[timer] - countedBefore;
    }
    assertEquals(5000, counted);
    assertEquals(5000, timed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void switching_the_latency_costs_the_counts_no_call(String variant) throws Exception {
    start(variant);
    CpuCgroup cgroup = new CpuCgroup("rezolus-toggle-" + variant);
    try {
      thread.moveTo(cgroup);
      callEach(1);
      long missedBefore = missed();
      long before = inCgroup(cgroup)[SyscallClass.IPC.ordinal()];
      Future<Integer> calls =
          thread.start(
              () -> {
                int made = 0;
                while (!Thread.currentThread().isInterrupted() && made < 400_000) {
                  made += repeat(CALLS.get(SyscallClass.IPC), 100);
                }
                return made;
              });
      int toggles = 0;
      do {
        latency.close();
        latency = new SyscallLatencySampler(programs);
        toggles++;
      } while (!calls.isDone());
      assertTrue(toggles > 1, "the calls went on while the latency was switched");
      long lost = calls.get() - (inCgroup(cgroup)[SyscallClass.IPC.ordinal()] - before);
      long missed = missed() - missedBefore;
      assertTrue(lost >= 0 && lost <= missed, lost + " lost, " + missed + " missed by the kernel");
    } finally {
      thread.leave(cgroup);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void a_thread_that_interrupts_the_programs_of_another_has_its_calls_counted(String variant)
      throws Exception {
    start(variant);
    CpuCgroup cgroup = new CpuCgroup("rezolus-urgent-" + variant);
    try (CgroupThread urgent = new CgroupThread()) {
      thread.moveTo(cgroup);
      thread.pin(0);
      urgent.moveTo(cgroup);
      urgent.pin(0);
      assumeTrue(urgent.takePrecedence(), "this kernel allots no real-time to a fresh cgroup");
      interrupt(20_000, urgent); // where the kernel skips programs, it was seen by now
      long missedBefore = missed();
      long[] before = inCgroup(cgroup);
      int[] made = interrupt(100_000, urgent);
      long[] after = inCgroup(cgroup);
      long missed = missed() - missedBefore;
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
    Future<Integer> busy = thread.start(() -> repeat(CALLS.get(SyscallClass.IPC), calls));
    Future<Integer> interrupting =
        urgent.start(
            () -> {
              int made = 0;
              while (!busy.isDone()) {
                CgroupThread.Calls.LIBC.usleep(300);
                made += repeat(CALLS.get(SyscallClass.EVENT), 10);
              }
              return made;
            });
    return new int[] {busy.get(), interrupting.get()};
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void the_latency_is_measured_exactly_while_it_is_on(String variant) throws Exception {
    programs = new SyscallPrograms(host, feature -> false, () -> false);
    start(variant);
    int timer = SyscallClass.TIMER.ordinal();
    long timed = 0;
    for (int attempt = 0; attempt < 20 && timed != 700; attempt++) {
      long before = durations(timer);
      thread.run(() -> repeat(CALLS.get(SyscallClass.TIMER), 300));
      latency.close();
      thread.run(() -> repeat(CALLS.get(SyscallClass.TIMER), 5000));
      latency = new SyscallLatencySampler(programs);
      thread.run(() -> repeat(CALLS.get(SyscallClass.TIMER), 400));
      timed = durations(timer) - before;
    }
    assertEquals(700, timed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tp_btf", "raw_tp"})
  void a_new_cgroup_under_an_old_id_starts_at_zero(String variant) throws Exception {
    start(variant);
    CpuCgroup first = new CpuCgroup("rezolus-first-" + variant);
    thread.moveTo(first);
    callEach(1000);
    assertTrue(inCgroup(first)[SyscallClass.EVENT.ordinal()] >= 1000);
    String id = id(first);
    thread.leave(first);
    counts.refresh();
    assertEquals(-1, position(first), "a removed cgroup is not exposed");
    boolean reused = false;
    for (int attempt = 0; attempt < 50 && !reused; attempt++) {
      CpuCgroup next = new CpuCgroup("rezolus-next-" + variant + attempt);
      try {
        thread.moveTo(next);
        callEach(1);
        assertEquals(
            1 + SyscallClass.EVENT.ordinal(), inCgroup(next)[SyscallClass.EVENT.ordinal()]);
        assertEquals(-1, position(first));
        reused = id(next).equals(id);
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
          CALLS.forEach((c, number) -> repeat(number, n + c.ordinal()));
          return null;
        });
  }

  private static int repeat(int number, int times) {
    for (int i = 0; i < times; i++) {
      CgroupThread.call(number);
    }
    return times;
  }

  /** Entries that no program has seen, as the sampler says. */
  private long missed() throws Exception {
    long missed = programs.cost(SyscallFeature.COUNTS).missed();
    assertTrue(missed <= MissedRuns.total(), missed + ": more than the kernel says");
    return missed;
  }

  private long[] totals() {
    counts.refresh();
    return values(counts.groups().get(0), 0);
  }

  private long[] inCgroup(CpuCgroup cgroup) {
    counts.refresh();
    int position = position(cgroup);
    assertTrue(position >= 0, cgroup.label() + " is not exposed");
    return values(counts.groups().get(1), position);
  }

  private static long[] values(GroupData data, int from) {
    long[] values = new long[SyscallClass.COUNT];
    Arrays.setAll(values, i -> data.counter(from + i));
    return values;
  }

  private String id(CpuCgroup cgroup) {
    return counts.groups().get(1).schema().counters().get(position(cgroup)).labels().get("id");
  }

  private int position(CpuCgroup cgroup) {
    List<Member> members = counts.groups().get(1).schema().counters();
    String name = cgroup.label();
    for (int i = 0; i < members.size(); i += SyscallClass.COUNT) {
      if (name.equals(members.get(i).labels().get("name"))) {
        return i;
      }
    }
    return -1;
  }

  private long durations(int syscallClass) {
    latency.refresh();
    return Arrays.stream(latency.groups().get(0).histogram(syscallClass)).sum();
  }
}
