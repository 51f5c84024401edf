package io.rezolus.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.LastErrorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** As {@code /proc} shows a thread's scheduling: nice, real-time priority and policy. */
class SchedulingTest {
  @Test
  void a_file_without_a_policy_leaves_threads_as_they_are() throws Exception {
    assertEquals(Scheduling.INHERITED, Scheduling.of(Map.of("ttl", "10ms")));
    assertEquals(shown(), on(Scheduling.INHERITED, SchedulingTest::shown));
  }

  @Test
  void real_time_policies_take_their_priority_or_15() throws Exception {
    needsPermission();
    assertEquals(
        List.of(niceness(), "15", "2"),
        on(of(Map.of("policy", "round_robin")), SchedulingTest::shown));
    assertEquals(
        List.of(niceness(), "7", "2"), on(of(Map.of("priority", 7L)), SchedulingTest::shown));
    assertEquals(
        List.of(niceness(), "3", "1"),
        on(of(Map.of("policy", "fifo", "priority", 3L)), SchedulingTest::shown));
  }

  @Test
  void the_normal_policy_takes_a_niceness() throws Exception {
    assertEquals(
        List.of("5", "0", "0"),
        on(of(Map.of("policy", "normal", "niceness", 5L)), SchedulingTest::shown));
  }

  @Test
  void a_thread_started_by_a_sampler_does_not_inherit_the_priority() throws Exception {
    needsPermission();
    assertEquals(
        List.of("0", "0", "0"),
        on(
            of(Map.of("policy", "fifo")),
            () -> {
              FutureTask<List<String>> helper = new FutureTask<>(SchedulingTest::shown);
              new Thread(helper).start();
              return helper.get();
            }));
  }

  @Test
  void what_the_kernel_refuses_leaves_the_thread_running() throws Exception {
    Scheduling impossible = new Scheduling(Scheduling.Policy.FIFO, 1000, 0);
    assertThrows(LastErrorException.class, impossible::apply);
    assertEquals(shown(), on(impossible, SchedulingTest::shown));
  }

  @Test
  void readings_go_on_under_another_schedule() throws Exception {
    needsPermission();
    Refresher refresher = new Refresher(1_000_000_000L);
    TestSampler sampler = new TestSampler("scheduled");
    SamplerSlot[] slots = {new SamplerSlot(sampler, "test", () -> {})};
    try {
      refresher.refresh(slots);
      refresher.schedule(of(Map.of("policy", "fifo", "priority", 4L)));
      refresher.refresh(slots);
      assertEquals(List.of("4"), samplingPriorities());
      refresher.schedule(Scheduling.INHERITED);
      refresher.refresh(slots);
      assertEquals(List.of("0"), samplingPriorities());
    } finally {
      refresher.close();
    }
  }

  private static Scheduling of(Map<String, Object> configuration) {
    return Scheduling.of(configuration);
  }

  private static <T> T on(Scheduling scheduling, Callable<T> task) throws Exception {
    FutureTask<T> result = new FutureTask<>(task);
    new SamplingThreads(scheduling).newThread(result).start();
    return result.get();
  }

  private static void needsPermission() throws Exception {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assumeTrue(user.equals(0), "real-time policies need root");
  }

  /** Stays whatever it was under policies that do not use it. */
  private static String niceness() throws Exception {
    return shown().get(0);
  }

  /** Of the calling thread. */
  private static List<String> shown() throws Exception {
    return fields(Files.readString(Path.of("/proc/thread-self/stat")));
  }

  private static List<String> fields(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return List.of(fields[16], fields[37], fields[38]);
  }

  /** Of those sampling threads that have not ended, by the name that the kernel keeps of them. */
  private static List<String> samplingPriorities() throws Exception {
    for (int attempt = 0; ; attempt++) {
      List<String> priorities = new ArrayList<>();
      try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
        for (Path task : tasks) {
          String stat = Files.readString(task.resolve("stat"));
          if (stat.contains("(" + SamplingThreads.NAME.substring(0, 15) + ")")) {
            priorities.add(fields(stat).get(1));
          }
        }
      } catch (NoSuchFileException e) {
        priorities.clear(); // one ended while they were listed
      }
      if (priorities.size() == 1 || attempt == 200) {
        return priorities;
      }
      Thread.sleep(20);
    }
  }
}
