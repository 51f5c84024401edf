package io.rezolus.samplers.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.TaskTable;
import io.rezolus.core.bpfhost.internal.LibbpfHost;
import io.rezolus.test.kernel.HighTids;
import io.rezolus.test.kernel.KernelHost;
import io.rezolus.test.kernel.WorkerThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the programs count, against what the kernel itself counts for the same thread. */
class SchedulerKernelTest {
  private static final String NAME = "rezolus-scheduler-test-" + ProcessHandle.current().pid();

  /** Dictates variants of hooks; one that does not exist keeps a program from being attached. */
  private static final String VARIANT = "REZOLUS_BPF_VARIANT";

  private LibbpfHost host;
  private SchedulerPrograms programs;
  private SchedulerRunqueueSampler runqueue;
  private CpuMigrationsSampler migrations;

  @BeforeEach
  void load() throws Exception {
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
    host = new LibbpfHost(SchedulerKernelTest.class.getClassLoader()::getResource);
    programs = new SchedulerPrograms(host, feature -> false, () -> false);
    runqueue = new SchedulerRunqueueSampler(programs);
    migrations = new CpuMigrationsSampler(programs);
  }

  @AfterEach
  void unload() {
    System.clearProperty(VARIANT);
    if (programs != null) {
      programs.close();
      host.close();
    }
  }

  @Test
  void counts_the_switches_of_a_cgroup_as_the_kernel_counts_those_of_its_thread() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(1, 1000);
      WorkerThread.Switches kernel = thread.settle();
      Reading before = Reading.of(runqueue);
      thread.sleep(200, 500);
      WorkerThread.Switches kernelAfter = thread.settle();
      Reading after = Reading.of(runqueue);

      long voluntary = grown(before, after, "voluntary");
      assertEquals(kernelAfter.voluntary() - kernel.voluntary(), voluntary);
      // on a busy host a sleep may be over before the thread has given up its CPU
      assertTrue(voluntary >= 100, voluntary + " voluntary switches in 200 sleeps");
      assertEquals(
          kernelAfter.involuntary() - kernel.involuntary(), grown(before, after, "involuntary"));
    }
  }

  @Test
  void counts_the_switches_and_times_of_a_thread_with_a_high_id() throws Exception {
    try (HighTids high = HighTids.assume();
        CgroupThread thread = new CgroupThread(NAME)) {
      assertTrue(thread.tid() >= HighTids.LOW_TIDS, "tid " + thread.tid());
      long start = System.nanoTime();
      thread.sleep(1, 1000);
      WorkerThread.Switches kernel = thread.settle();
      Reading before = Reading.of(runqueue);
      thread.sleep(100, 5000);
      WorkerThread.Switches kernelAfter = thread.settle();
      Reading after = Reading.of(runqueue);
      long elapsed = System.nanoTime() - start;

      assertEquals(kernelAfter.voluntary() - kernel.voluntary(), grown(before, after, "voluntary"));
      assertEquals(
          kernelAfter.involuntary() - kernel.involuntary(), grown(before, after, "involuntary"));
      long blocked = grown(before, after, Map.of("metric", "cgroup_scheduler_offcpu"));
      assertTrue(blocked >= 250_000_000L && blocked <= elapsed, blocked + " ns of " + elapsed);
      assertEquals(0, after.counter(Map.of("metric", "rezolus_bpf_untracked_events")));
    }
  }

  @Test
  void keeps_nothing_of_threads_with_high_ids_that_have_ended() throws Exception {
    int ended = 0;
    try (HighTids high = HighTids.assume()) {
      for (int i = 0; i < 200; i++) {
        try (WorkerThread thread = new WorkerThread()) {
          ended += thread.tid() >= HighTids.LOW_TIDS ? 1 : 0;
        }
      }
    }
    assertTrue(ended > 100, ended + " threads with high ids");
    long own = ProcessHandle.current().pid();
    // the kernel frees a thread a while after its end
    int left = ended;
    for (int attempt = 0; attempt < 100 && left > 20; attempt++) {
      Thread.sleep(100);
      left = highTasks(process -> process == own);
    }
    // what the JVM itself started meanwhile lives on
    assertTrue(left <= 20, left + " of " + ended + " are still there");
  }

  @Test
  void processes_with_high_ids_that_ended_unseen_are_looked_for() throws Exception {
    String dictated = System.getenv().getOrDefault(VARIANT, "");
    System.setProperty(VARIANT, dictated + ",sched_process_free=none");
    programs.close();
    programs = new SchedulerPrograms(host, feature -> false, () -> false);
    runqueue = new SchedulerRunqueueSampler(programs);
    Set<Long> ended = new HashSet<>();
    try (HighTids high = HighTids.assume()) {
      for (int i = 0; i < 20; i++) {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        ended.add(process.pid());
      }
    }
    assertTrue(highTasks(ended::contains) > 0, "nothing is left of those that ended");
    TaskTable table = TaskTable.cached(object(), SchedulerPrograms.STAMPS);
    table.sweep(); // whoever has just ended may still be removed by the programs
    assertTrue(table.sweep() > 0);
    assertEquals(0, highTasks(ended::contains));
  }

  @Test
  void tasks_that_there_is_no_room_for_are_counted() throws Exception {
    programs.close();
    programs = new SchedulerPrograms(new CrampedHost(host), feature -> false, () -> false);
    runqueue = new SchedulerRunqueueSampler(programs);
    List<CgroupThread> threads = new ArrayList<>();
    try (HighTids high = HighTids.assume()) {
      for (int i = 0; i < 2 * CrampedHost.ROOM; i++) {
        threads.add(new CgroupThread(NAME + '-' + i));
        threads.get(i).sleep(10, 1000);
      }
      Map<String, String> untracked = Map.of("metric", "rezolus_bpf_untracked_events");
      long before = Reading.of(runqueue).counter(untracked);
      assertTrue(before > 0, "untracked: " + before);
      for (CgroupThread thread : threads) {
        thread.sleep(10, 1000);
      }
      assertTrue(Reading.of(runqueue).counter(untracked) > before);
    } finally {
      for (CgroupThread thread : threads) {
        thread.close();
      }
    }
  }

  private BpfObject object() throws Exception {
    return programs.enable(Feature.RUNQUEUE);
  }

  /** How many tasks with high ids are known, of processes that are asked for. */
  private int highTasks(LongPredicate process) throws Exception {
    AtomicInteger found = new AtomicInteger();
    object()
        .removeIf(
            SchedulerPrograms.STAMPS + "_high",
            (key, id) -> {
              found.addAndGet(process.test(id) ? 1 : 0);
              return false;
            });
    return found.get();
  }

  @Test
  void charges_waiting_and_blocked_time_to_the_cgroup() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      long start = System.nanoTime();
      thread.sleep(1, 1000);
      thread.settle();
      Reading before = Reading.of(runqueue);
      thread.sleep(50, 10_000);
      thread.settle();
      Reading after = Reading.of(runqueue);
      long elapsed = System.nanoTime() - start;

      long blocked = grown(before, after, Map.of("metric", "cgroup_scheduler_offcpu"));
      long slept = 50 * 10_000_000L;
      assertTrue(blocked >= slept / 2 && blocked <= elapsed, blocked + " ns of " + elapsed);
      long wait = grown(before, after, Map.of("metric", "cgroup_scheduler_runqueue_wait"));
      assertTrue(wait > 0 && wait <= elapsed, wait + " ns of " + elapsed);
    }
  }

  @Test
  void counts_each_forced_migration_once() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() >= 2, "one CPU only");
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.pin(0);
      thread.sleep(1, 1000);
      thread.settle();
      Reading before = Reading.of(migrations);
      thread.run(
          () -> {
            for (int i = 0; i < 50; i++) {
              thread.pin(1);
              thread.pin(0);
            }
            return null;
          });
      thread.settle();
      Reading after = Reading.of(migrations);

      assertEquals(100, grown(before, after, Map.of("metric", "cgroup_cpu_migrations")));
      for (String cpu : new String[] {"0", "1"}) {
        for (String direction : new String[] {"from", "to"}) {
          Map<String, String> labels =
              Map.of("metric", "cpu_migrations", "direction", direction, "id", cpu);
          long moved = after.counter(labels) - before.counter(labels);
          assertTrue(moved >= 50, moved + " migrations " + direction + " CPU " + cpu);
        }
      }
    }
  }

  @Test
  void keeps_histograms_and_counters_consistent() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      // histograms are read before counters: what they hold is in the counters
      Reading first = Reading.of(runqueue);
      thread.sleep(200, 500);
      Reading second = Reading.of(runqueue);
      Reading third = Reading.of(runqueue);

      long[] wait = second.histogram("scheduler_runqueue_latency");
      long[] running = second.histogram("scheduler_running");
      long[] blocked = second.histogram("scheduler_offcpu");
      long waits = Arrays.stream(wait).sum();
      assertTrue(waits - Arrays.stream(first.histogram("scheduler_runqueue_latency")).sum() >= 200);
      assertTrue(
          Arrays.stream(blocked).sum()
              <= Arrays.stream(third.histogram("scheduler_runqueue_latency")).sum());
      long involuntary =
          second.counter(Map.of("metric", "scheduler_context_switch", "kind", "involuntary"));
      assertTrue(Arrays.stream(running).sum() <= involuntary);
      // a bucket's lower bound is never more than what was added to the sum for it
      long total = second.counter(Map.of("metric", "scheduler_runqueue_wait"));
      assertTrue(lowerBounds(wait) <= total, lowerBounds(wait) + " ns in buckets, sum " + total);
      // and the values of a bucket are less than an eighth above its lower bound
      double upper = lowerBounds(third.histogram("scheduler_runqueue_latency")) * 1.125;
      assertTrue(total <= upper, "sum " + total + ", buckets end at " + upper);
    }
  }

  @Test
  void does_not_charge_a_reused_pid_for_the_time_since_its_last_holder() throws Exception {
    Path lastPid = Path.of("/proc/sys/kernel/ns_last_pid");
    assumeTrue(Files.isWritable(lastPid), "the kernel cannot choose the next pid");
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(1, 1000);
      boolean reused = false;
      for (int attempt = 0; attempt < 5 && !reused; attempt++) {
        Process holder = new ProcessBuilder("true").start();
        holder.waitFor();
        long died = System.nanoTime();
        Thread.sleep(2000);
        thread.sleep(1, 1000); // the thread's own long sleep ends here
        Reading before = Reading.of(runqueue);
        long start = System.nanoTime();
        long pid =
            thread.run(
                () -> {
                  Files.writeString(lastPid, Long.toString(holder.pid() - 1));
                  Process next = new ProcessBuilder("true").start();
                  next.waitFor();
                  return next.pid();
                });
        thread.settle();
        long gap = start - died;
        long elapsed = System.nanoTime() - start;
        reused = pid == holder.pid() && 8 * elapsed < gap;
        long blocked =
            grown(before, Reading.of(runqueue), Map.of("metric", "cgroup_scheduler_offcpu"));
        // the thread, the process and what the JVM starts to wait for it: few, and short-lived
        assertTrue(
            !reused || blocked < gap, blocked + " ns blocked within " + elapsed + ", gap " + gap);
      }
      assumeTrue(reused, "another process took the pid each time");
    }
  }

  @Test
  void starts_a_reused_cgroup_id_at_zero_and_drops_the_removed_name() throws Exception {
    String id;
    try (CgroupThread first = new CgroupThread(NAME + "-0")) {
      first.sleep(1, 1000);
      WorkerThread.Switches before = first.settle();
      first.sleep(300, 1000);
      WorkerThread.Switches after = first.settle();
      Reading reading = Reading.of(runqueue);
      id = reading.cgroupId('/' + NAME + "-0");
      long voluntary = reading.cgroupSwitches("voluntary", '/' + NAME + "-0");
      assertTrue(voluntary >= after.voluntary() - before.voluntary(), voluntary + " switches");
    }
    assertNull(Reading.of(runqueue).cgroupId('/' + NAME + "-0"));
    boolean reused = false;
    for (int attempt = 1; attempt <= 50 && !reused; attempt++) {
      String name = NAME + '-' + attempt;
      try (CgroupThread next = new CgroupThread(name)) {
        next.sleep(3, 2000);
        WorkerThread.Switches kernel = next.settle();
        Reading reading = Reading.of(runqueue);
        reused = id.equals(reading.cgroupId('/' + name));
        long voluntary = reading.cgroupSwitches("voluntary", '/' + name);
        assertTrue(voluntary > 0 && voluntary <= kernel.voluntary(), voluntary + " switches");
      }
    }
    assumeTrue(reused, "the kernel did not hand the id out again");
  }

  @Test
  void goes_on_counting_switches_while_migrations_come_and_go() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(1, 1000);
      WorkerThread.Switches kernel = thread.settle();
      Reading before = Reading.of(runqueue);
      for (int i = 0; i < 5; i++) {
        migrations.close();
        thread.sleep(20, 500);
        migrations = new CpuMigrationsSampler(programs);
        thread.sleep(20, 500);
      }
      WorkerThread.Switches kernelAfter = thread.settle();
      long voluntary = grown(before, Reading.of(runqueue), "voluntary");
      assertEquals(kernelAfter.voluntary() - kernel.voluntary(), voluntary);
    }
  }

  @Test
  void loses_no_switch_when_another_owner_takes_over() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(1, 1000);
      WorkerThread.Switches kernel = thread.settle();
      Reading before = Reading.of(runqueue);
      Future<?> sleeping = thread.submit(400, 500);
      do {
        // its name is known to the host already: maps and entry programs go on
        programs = new SchedulerPrograms(host, feature -> true, () -> false);
        runqueue = new SchedulerRunqueueSampler(programs);
        migrations = new CpuMigrationsSampler(programs);
      } while (!sleeping.isDone());
      WorkerThread.Switches kernelAfter = thread.settle();
      Reading after = Reading.of(runqueue);
      assertEquals(kernelAfter.voluntary() - kernel.voluntary(), grown(before, after, "voluntary"));
      assertEquals(
          kernelAfter.involuntary() - kernel.involuntary(), grown(before, after, "involuntary"));
    }
  }

  @Test
  void takes_no_time_from_before_the_feature_was_switched_off_and_on_again() throws Exception {
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(1, 1000);
      thread.settle(); // blocked since before
      runqueue.close();
      Thread.sleep(500);
      long start = System.nanoTime();
      runqueue = new SchedulerRunqueueSampler(programs);
      Reading before = Reading.of(runqueue);
      thread.sleep(1, 1000);
      thread.settle();
      Reading after = Reading.of(runqueue);
      long blocked = grown(before, after, Map.of("metric", "cgroup_scheduler_offcpu"));
      long elapsed = System.nanoTime() - start;
      assertTrue(blocked <= elapsed, blocked + " ns blocked within " + elapsed);
    }
  }

  @Test
  void reports_every_hook_as_attached() {
    assertEquals(SamplerHealth.Level.HEALTHY, runqueue.health().level());
    assertEquals(5, runqueue.health().programs().size());
    assertEquals(SamplerHealth.Level.HEALTHY, migrations.health().level());
    assertEquals(2, migrations.health().programs().size());
  }

  @Test
  void exposes_its_own_cost_while_the_kernel_keeps_statistics() throws Exception {
    Path switchedOn = Path.of("/proc/sys/kernel/bpf_stats_enabled");
    assumeTrue(Files.isWritable(switchedOn), "kernel without BPF statistics");
    String before = Files.readString(switchedOn).trim();
    Files.writeString(switchedOn, "1");
    try (CgroupThread thread = new CgroupThread(NAME)) {
      thread.sleep(20, 500);
      Reading reading = Reading.of(runqueue);
      Map<String, String> runs =
          Map.of("metric", "rezolus_bpf_run_count", "sampler", "scheduler_runqueue");
      // each sleep: a switch, a wakeup
      assertTrue(reading.counter(runs) >= 40);
      assertTrue(reading.counter(Map.of("metric", "rezolus_bpf_run_time")) > 0);
    } finally {
      Files.writeString(switchedOn, before);
    }
  }

  @Test
  void allocates_nothing_per_metric_in_a_steady_refresh() throws Exception {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    int members = 0;
    for (int i = 0; i < 100; i++) {
      Reading.of(runqueue);
    }
    for (var group : runqueue.groups()) {
      members += group.schema().size();
    }
    assertTrue(members > 0);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      runqueue.refresh();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // windows and iterators of eight groups, the same however many members they have
    assertTrue(least < 4096, least + " bytes for " + members + " members");
  }

  private static long grown(Reading before, Reading after, String kind) {
    return after.cgroupSwitches(kind, '/' + NAME) - before.cgroupSwitches(kind, '/' + NAME);
  }

  private static long grown(Reading before, Reading after, Map<String, String> labels) {
    Map<String, String> ofCgroup = new HashMap<>(labels);
    ofCgroup.put("name", '/' + NAME);
    return after.counter(ofCgroup) - before.counter(ofCgroup);
  }

  /** Sum of all values if each were the least one of its bucket. */
  private static long lowerBounds(long[] buckets) {
    long sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += buckets[i] * (i < 16 ? i : (8L + i % 8) << (i / 8 - 1));
    }
    return sum;
  }
}
