package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.HighTids;
import io.rezolus.test.kernel.KernelHost;
import io.rezolus.test.kernel.TiedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts of a real kernel against what the kernel itself says elsewhere. */
class CpuKernelTest {
  /** Longest tick of any configuration: HZ=100. */
  private static final long TICK = 10_000_000;

  private static final long SECOND = 1_000_000_000;

  /** Dictates variants of hooks; one that does not exist keeps a program from being attached. */
  private static final String VARIANT = "REZOLUS_BPF_VARIANT";

  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void needs_root_and_btf() throws IOException {
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
  }

  @AfterEach
  void close_in_reverse() throws Exception {
    System.clearProperty(VARIANT);
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void every_hook_collects() throws Exception {
    assertEquals(SamplerHealth.Level.HEALTHY, sampler().health().level());
  }

  @Test
  void a_busy_loop_is_charged_to_its_task_and_cgroup_and_moves_to_exited() throws Exception {
    assumeTrue(!emulated(), "run time and ticks differ on an emulated CPU");
    CpuUsageSampler sampler = sampler();
    assertBusyLoop(sampler);
  }

  @Test
  void a_busy_loop_of_a_task_with_a_high_id_is_charged_as_any_other() throws Exception {
    assumeTrue(!emulated(), "run time and ticks differ on an emulated CPU");
    CpuUsageSampler sampler = sampler();
    opened(HighTids.assume());
    BusyProcess busy = assertBusyLoop(sampler);
    assertTrue(busy.pid() >= HighTids.LOW_TIDS, "pid " + busy.pid());
    assertEquals(0, Readings.of(sampler).count("rezolus_bpf_untracked_events", Map.of()));
  }

  private BusyProcess assertBusyLoop(CpuUsageSampler sampler) throws Exception {
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-busy"));
    BusyProcess busy = opened(BusyProcess.in(cgroup));
    long start = System.nanoTime();
    busy.burn(3 * SECOND);
    busy.freeze();
    long elapsed = System.nanoTime() - start;

    long witness = busy.cpuNanos();
    // ticks are a biased sample of a CPU that others use too: allow for the time they had
    long shared = Math.max(0, elapsed - witness);
    Readings alive = Readings.of(sampler);
    long task = alive.task(busy.pid());
    assertNear(witness, task, witness / 50 + TICK + shared, "task");
    assertJoined(task, busy.startUpNanos(), alive.cgroup(cgroup), "cgroup");
    assertEquals(0, alive.exited(cgroup));
    assertEquals(
        1,
        alive.count(
            "task_cpu_usage",
            Map.of("pid", Long.toString(busy.pid()), "cgroup", cgroup.label(), "comm", "sh")));

    busy.end();
    Readings after = Readings.of(sampler);
    assertNear(task, after.exited(cgroup), TICK, "exited");
    assertNear(after.cgroup(cgroup), after.exited(cgroup), TICK, "all of it has exited");
    assertEquals(
        0, after.count("task_cpu_usage", Map.of("pid", Long.toString(busy.pid()))), "task left");
    return busy;
  }

  @Test
  void a_removed_cgroup_is_gone() throws Exception {
    CpuUsageSampler sampler = sampler();
    CpuCgroup cgroup = CpuCgroup.ofThisProcess("rezolus-cpu-removed");
    try (BusyProcess busy = BusyProcess.in(cgroup)) {
      busy.burn(SECOND / 5);
      busy.end();
    }
    assertEquals(2, Readings.of(sampler).count("cgroup_cpu_usage", Map.of("name", cgroup.label())));
    cgroup.close();
    assertEquals(0, Readings.of(sampler).count("cgroup_cpu_usage", Map.of("name", cgroup.label())));
  }

  @Test
  void living_and_exited_tasks_together_are_the_cgroup() throws Exception {
    CpuUsageSampler sampler = sampler();
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-sum"));
    List<BusyProcess> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(opened(BusyProcess.in(cgroup)));
    }
    for (BusyProcess busy : all) {
      busy.burn(SECOND / 5);
      busy.freeze();
    }
    all.get(0).end();
    all.get(1).end();

    Readings readings = Readings.of(sampler);
    long living = readings.sum("task_cpu_usage", Map.of("cgroup", cgroup.label()));
    assertTrue(living > SECOND / 4, "living: " + living);
    assertTrue(readings.exited(cgroup) > SECOND / 4, "exited: " + readings.exited(cgroup));
    long before = all.stream().mapToLong(BusyProcess::startUpNanos).sum();
    assertJoined(living + readings.exited(cgroup), before, readings.cgroup(cgroup), "sum");
  }

  @Test
  void short_processes_lose_nothing() throws Exception {
    assumeTrue(!emulated(), "run time and ticks differ on an emulated CPU");
    CpuUsageSampler sampler = sampler();
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-short"));
    String script =
        "echo $$ > "
            + cgroup.processes()
            + "; i=0; while [ $i -lt 200 ]; do i=$((i+1));"
            + " (j=0; while [ $j -lt 8000 ]; do j=$((j+1)); done); done; times; kill -STOP $$";
    try (TiedProcess shell = new TiedProcess(List.of("sh", "-c", script))) {
      // "times" prints user and system time of the shell, then of its children
      shell.readLine();
      String[] children = shell.readLine().split(" ");
      Readings readings = Readings.of(sampler);
      long witness = nanos(children[0]) + nanos(children[1]);
      long tasks = readings.sum("task_cpu_usage", Map.of("cgroup", cgroup.label()));
      long ours = readings.exited(cgroup);
      assertTrue(witness > SECOND / 2, "too little to see ticks: " + witness);
      // the witness is exact, ours sees ticks: 200 independent roundings, four standard deviations
      assertNear(witness, ours, 30 * TICK, "children");
      assertNear(readings.cgroup(cgroup), ours + tasks, 2 * TICK + ours / 200, "cgroup");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timer_btf",
        "timer_raw",
        "account_fentry",
        "account_kprobe",
        "runtime_btf",
        "runtime_raw"
      })
  void each_way_to_measure_sees_a_busy_loop(String variant) throws Exception {
    assumeTrue(
        !variant.startsWith("timer") || CpuTimeHook.forThisHost().variants().contains(variant),
        variant + " does not drive the tick here");
    CpuUsageSampler sampler = sampler(Hook.of(CpuTimeHook.NAME, variant));
    List<ProgramStatus> programs = sampler.health().programs();
    assumeTrue(
        programs.stream().allMatch(ProgramStatus::attached),
        () -> variant + ": " + programs.stream().map(ProgramStatus::error).toList());
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-" + variant));
    long ticksBefore = ProcStat.userNanos();
    long userBefore = Readings.of(sampler).sum("cpu_usage", Map.of("state", "user"));
    BusyProcess busy = opened(BusyProcess.in(cgroup));
    long start = System.nanoTime();
    busy.burn(2 * SECOND);
    busy.freeze();
    long elapsed = System.nanoTime() - start;

    long witness = busy.cpuNanos();
    long shared = Math.max(0, elapsed - witness);
    Readings readings = Readings.of(sampler);
    if (emulated()) {
      long ticks = ProcStat.userNanos() - ticksBefore;
      long user = readings.sum("cpu_usage", Map.of("state", "user")) - userBefore;
      assertNear(ticks, user, ticks / 50 + 8 * TICK, variant + ", user time");
    } else {
      assertNear(
          witness, readings.task(busy.pid()), witness / 50 + 2 * TICK + shared, variant + ", task");
    }
    assertJoined(
        readings.task(busy.pid()),
        busy.startUpNanos(),
        readings.cgroup(cgroup),
        variant + ", cgroup");
    assertTrue(
        readings.sum("cpu_usage", Map.of()) >= readings.cgroup(cgroup), variant + ", all CPUs");
    busy.end();
  }

  @Test
  void softirqs_are_those_the_kernel_counts_and_shows_to_its_tracepoints() throws Exception {
    long start = System.nanoTime();
    CpuUsageSampler sampler = sampler();
    SoftirqWitness witness = opened(new SoftirqWitness());
    SoftirqWitness.Counts outerBefore = witness.read();
    Map<String, Long> first = softirqs(sampler);
    SoftirqWitness.Counts innerBefore = witness.read();
    Thread.sleep(1000);
    SoftirqWitness.Counts innerAfter = witness.read();
    Map<String, Long> second = softirqs(sampler);
    SoftirqWitness.Counts outerAfter = witness.read();

    long moved = 0;
    for (String kind : ProcStat.SOFTIRQS.values()) {
      long ours = second.get(kind) - first.get(kind);
      long shown = innerAfter.shown().get(kind) - innerBefore.shown().get(kind);
      long counted = innerAfter.kernel().get(kind) - innerBefore.kernel().get(kind);
      long all = outerAfter.kernel().get(kind) - outerBefore.kernel().get(kind);
      long least = witness.sawAll() ? counted : shown;
      assertTrue(ours >= least && ours <= all, kind + ": " + ours + " of " + least + ".." + all);
      moved += ours;
    }
    assertTrue(moved > 10, "softirqs in a second: " + moved);
    long time = Readings.of(sampler).sum("softirq_time", Map.of());
    long most = (System.nanoTime() - start) * Runtime.getRuntime().availableProcessors();
    assertTrue(time > 0 && time <= most, time + " ns in softirqs of " + most);
  }

  @Test
  void idle_time_is_no_usage() throws Exception {
    assumeTrue(!emulated(), "run time and ticks differ on an emulated CPU");
    CpuUsageSampler sampler = sampler();
    // between two looks of ours the test may lose its CPU for long: the kernel's are around and
    // within
    long start = System.nanoTime();
    long outer = ProcStat.busyNanos();
    long before = Readings.of(sampler).sum("cpu_usage", Map.of());
    long inner = ProcStat.busyNanos();
    long idle = ProcStat.idleNanos();
    Thread.sleep(1000);
    idle = ProcStat.idleNanos() - idle;
    inner = ProcStat.busyNanos() - inner;
    Readings readings = Readings.of(sampler);
    long ours = readings.sum("cpu_usage", Map.of()) - before;
    outer = ProcStat.busyNanos() - outer;
    long elapsed = System.nanoTime() - start;

    int cpus = Runtime.getRuntime().availableProcessors();
    long slack = 6 * TICK * cpus;
    assertTrue(
        ours >= inner - inner / 20 - slack && ours <= outer + outer / 20 + slack,
        ours + " used, " + inner + ".." + outer + " by the kernel, of " + elapsed + " on each CPU");
    assertTrue(ours + idle <= elapsed * cpus + slack + idle / 20, ours + " used, idle " + idle);
    assertEquals(0, readings.count("task_cpu_usage", Map.of("pid", "0")));
  }

  @Test
  void a_task_of_an_autogroup_is_charged_to_its_cgroup() throws Exception {
    Path autogroup = Path.of("/proc/sys/kernel/sched_autogroup_enabled");
    assumeTrue(
        Files.exists(autogroup) && Files.readString(autogroup).strip().equals("1"),
        "autogroup is off");
    CpuUsageSampler sampler = sampler();
    Path root;
    try (CpuCgroup any = CpuCgroup.ofThisProcess("rezolus-cpu-autogroup")) {
      root = any.path().resolveSibling("cgroup.procs");
    }
    Map<String, String> label = Map.of("name", "/");
    // the tasks of a session of its own in the root cgroup are a group to the scheduler
    BusyProcess busy =
        opened(
            BusyProcess.shell(
                "echo $$ > " + root + "; exec setsid sh -c 'echo $$; while :; do :; done'"));
    assertTrue(
        Files.readString(Path.of("/proc/" + busy.pid() + "/autogroup")).startsWith("/autogroup-"));
    long before = Readings.of(sampler).sum("cgroup_cpu_usage", label);
    long burnt = busy.cpuNanos();
    busy.burn(burnt + SECOND / 2);
    busy.freeze();

    Readings readings = Readings.of(sampler);
    assertEquals(
        1,
        readings.count("task_cpu_usage", Map.of("pid", Long.toString(busy.pid()), "cgroup", "/")));
    long charged = readings.sum("cgroup_cpu_usage", label) - before;
    assertTrue(charged >= SECOND / 4, "charged to the root cgroup: " + charged);
    busy.end();
  }

  @Test
  void a_reused_pid_starts_from_zero() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "needs perl");
    CpuUsageSampler sampler = sampler();
    BusyProcess first = opened(BusyProcess.shell("echo $$; while :; do :; done"));
    first.burn(SECOND / 2);
    first.end();
    // clone3 with a chosen pid (the struct ends with set_tid and set_tid_size) of a child that dies
    // with its parent: prctl(PR_SET_PDEATHSIG)
    String perl =
        "my $t=pack('l',%d); my $a=pack('Q10',0,0,0,0,17,0,0,0,unpack('Q',pack('P',$t)),1);"
            + "my $p=syscall(435,$a,80); die \"clone3: $!\" if $p<0;"
            + "if($p==0){syscall(157,1,9);$|=1; print \"%d\\n\"; while(1){}} waitpid($p,0);";
    BusyProcess second =
        opened(BusyProcess.start("perl", "-e", String.format(perl, first.pid(), first.pid())));
    second.burn(SECOND / 5);
    second.freeze();

    long task = Readings.of(sampler).task(first.pid());
    assertTrue(task > 0 && task < SECOND / 2, "without the half second of the first: " + task);
    second.end();
  }

  @Test
  void exec_by_a_thread_keeps_the_time_and_the_task() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    assertKeptByExec(sampler());
  }

  @Test
  void exec_by_a_thread_with_a_high_id_keeps_the_time_and_the_task() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    CpuUsageSampler sampler = sampler();
    opened(HighTids.assume());
    assertKeptByExec(sampler);
  }

  private void assertKeptByExec(CpuUsageSampler sampler) throws Exception {
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-exec"));
    long start = System.nanoTime();
    BusyProcess busy = opened(execByThread(cgroup));
    busy.burn(SECOND);
    busy.freeze();
    long elapsed = System.nanoTime() - start;

    Readings readings = Readings.of(sampler);
    long task = readings.task(busy.pid());
    assertEquals(
        1,
        readings.count("task_cpu_usage", Map.of("pid", Long.toString(busy.pid()), "comm", "sh")));
    // by the same ticks, however many tasks share the CPU: all that the cgroup was charged is in
    // the
    // thread, which leads the process now, or in its predecessor, which started Python and is gone
    assertNear(readings.cgroup(cgroup), task + readings.exited(cgroup), 8 * TICK, "kept");
    long witness = busy.leaderNanos();
    long shared = Math.max(0, elapsed - busy.cpuNanos());
    assertNear(witness, task, witness / 50 + TICK + shared, "time before and after exec");
  }

  @Test
  void a_task_whose_exit_was_missed_is_not_listed_any_more() throws Exception {
    System.setProperty(VARIANT, "sched_process_exit=none");
    CpuUsageSampler sampler = sampler();
    BusyProcess busy = opened(BusyProcess.shell("echo $$; while :; do :; done"));
    Map<String, String> label = Map.of("pid", Long.toString(busy.pid()));
    busy.burn(SECOND / 5);
    assertEquals(1, Readings.of(sampler).count("task_cpu_usage", label));
    busy.end();
    assertEquals(0, Readings.of(sampler).count("task_cpu_usage", label));
  }

  @Test
  void a_missed_exit_is_made_up_for_while_the_task_is_not_reaped() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    System.setProperty(VARIANT, "sched_process_exit=none");
    CpuUsageSampler sampler = sampler();
    // the leader ends, and the process goes on with its other thread
    String script =
        "import ctypes,os,platform,threading,time\n"
            + "def wait():\n"
            + "  while True: time.sleep(1)\n"
            + "threading.Thread(target=wait).start()\n"
            + "end=time.thread_time()+0.5\n"
            + "while time.thread_time()<end: pass\n"
            + "ctypes.CDLL(None).syscall(60 if platform.machine()=='x86_64' else 93,0)\n";
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-zombie"));
    String join = "echo $$ > " + cgroup.processes() + "; echo $$; exec python3 -c \"$0\"";
    BusyProcess busy = opened(BusyProcess.start("sh", "-c", join, script));
    Path leader = Path.of("/proc/" + busy.pid() + "/task/" + busy.pid() + "/stat");
    while (!Files.readString(leader).contains(") Z ")) {
      Thread.sleep(20);
    }

    Readings readings = Readings.of(sampler);
    assertEquals(
        0, readings.count("task_cpu_usage", Map.of("pid", Long.toString(busy.pid()))), "listed");
    long exited = readings.exited(cgroup);
    assertTrue(exited > SECOND / 4, "exited: " + exited);
    long living = readings.sum("task_cpu_usage", Map.of("cgroup", cgroup.label()));
    assertJoined(living + exited, busy.startUpNanos(), readings.cgroup(cgroup), "sum");
    assertEquals(exited, Readings.of(sampler).exited(cgroup), "only once");
  }

  @Test
  void a_missed_exec_by_a_thread_is_made_up_for_by_the_second_reading() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    System.setProperty(VARIANT, "sched_process_exec=none");
    CpuUsageSampler sampler = sampler();
    CpuCgroup cgroup = opened(CpuCgroup.ofThisProcess("rezolus-cpu-missed-exec"));
    BusyProcess busy = opened(execByThread(cgroup));
    Readings.of(sampler);
    Readings.of(sampler);
    long before = busy.leaderNanos();
    long start = System.nanoTime();
    busy.burn(busy.cpuNanos() + SECOND / 2);
    busy.freeze();
    long elapsed = System.nanoTime() - start;

    long task = Readings.of(sampler).task(busy.pid());
    long witness = busy.leaderNanos() - before;
    long shared = Math.max(0, elapsed - witness);
    assertNear(witness, task, witness / 50 + 2 * TICK + shared, "since the second reading");
  }

  /** A shell that spins, started by a thread of Python that had spun for half a second. */
  private static BusyProcess execByThread(CpuCgroup cgroup) throws IOException {
    String script =
        "import os,threading,time\n"
            + "def work():\n"
            + "  end=time.thread_time()+0.5\n"
            + "  while time.thread_time()<end: pass\n"
            + "  os.execv('/bin/sh',['sh','-c','echo $$; while :; do :; done'])\n"
            + "threading.Thread(target=work).start()\n";
    String join = "echo $$ > " + cgroup.processes() + "; exec python3 -c \"$0\"";
    return BusyProcess.start("sh", "-c", join, script);
  }

  private static Map<String, Long> softirqs(CpuUsageSampler sampler) throws Exception {
    Readings readings = Readings.of(sampler);
    return ProcStat.SOFTIRQS.values().stream()
        .collect(
            Collectors.toMap(kind -> kind, kind -> readings.sum("softirq", Map.of("kind", kind))));
  }

  /** A duration as the shell's {@code times} prints it: {@code 0m1.250000s}. */
  private static long nanos(String text) {
    int minute = text.indexOf('m');
    double seconds = Double.parseDouble(text.substring(minute + 1, text.length() - 1));
    return (long) ((Integer.parseInt(text.substring(0, minute)) * 60 + seconds) * SECOND);
  }

  /**
   * An emulated CPU that its host does not run loses ticks, while the run time that {@code
   * /proc/PID/stat} is made of goes on. There {@link #each_way_to_measure_sees_a_busy_loop}
   * compares with a witness that is sampled by the same ticks.
   */
  private static boolean emulated() {
    return System.getenv("REZOLUS_VM") != null;
  }

  /** Tasks have what they used before they joined their cgroup, at most {@code before}, on top. */
  private static void assertJoined(long tasks, long before, long cgroup, String what) {
    assertTrue(
        cgroup <= tasks + 8 * TICK && cgroup >= tasks - before - 8 * TICK,
        what + ": cgroup " + cgroup + ", tasks " + tasks + " of which up to " + before + " before");
  }

  private static void assertNear(long expected, long actual, long tolerance, String what) {
    assertTrue(
        Math.abs(expected - actual) <= tolerance,
        what + ": expected " + expected + " +- " + tolerance + ", got " + actual);
  }

  private CpuUsageSampler sampler() throws Exception {
    return sampler(CpuTimeHook.forThisHost());
  }

  private CpuUsageSampler sampler(Hook cpuTime) throws Exception {
    LibbpfHost host = new LibbpfHost(CpuUsageSampler.class.getClassLoader()::getResource);
    CpuUsageSampler sampler = new CpuUsageSampler(host, cpuTime);
    open.add(sampler::close);
    return sampler;
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
