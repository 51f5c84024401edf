package io.rezolus.samplers.rusage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RusageSamplerTest {
  private RusageSampler sampler;

  @BeforeEach
  void open() throws Exception {
    sampler = new RusageSampler();
  }

  @AfterEach
  void close() throws Exception {
    sampler.close();
  }

  @Test
  void cpu_time_grows_by_what_the_virtual_machine_measured() throws Exception {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    sampler.refresh();
    long before = counter("rezolus_cpu_usage/user") + counter("rezolus_cpu_usage/system");
    long witness = os.getProcessCpuTime();
    long end = witness + 300_000_000L;
    while (os.getProcessCpuTime() < end) {
      Thread.onSpinWait();
    }
    sampler.refresh();
    long more = counter("rezolus_cpu_usage/user") + counter("rezolus_cpu_usage/system") - before;
    // both ask the kernel, which rounds to its ticks
    assertTrue(more >= 260_000_000L, more + " ns");
  }

  @Test
  void resident_memory_is_the_current_one() throws Exception {
    sampler.refresh();
    long rss = gauge("rezolus_memory_usage_resident_set_size");
    long peak = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        peak = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    assertTrue(rss > 10_000_000 && rss <= peak, rss + " <= " + peak);
  }

  @Test
  void counts_the_switches_of_a_thread_that_sleeps_and_keeps_them_after_its_end() throws Exception {
    CountDownLatch slept = new CountDownLatch(1);
    CountDownLatch stop = new CountDownLatch(1);
    sampler.refresh();
    long before = counter("rezolus_context_switch/voluntary");
    Thread sleeper =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 50; i++) {
                  Thread.sleep(1);
                }
                slept.countDown();
                stop.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    sleeper.start();
    slept.await();
    sampler.refresh();
    long during = counter("rezolus_context_switch/voluntary");
    // on a busy host a sleep may be over before the thread has given up its CPU
    assertTrue(during - before >= 25, during + " - " + before + " in 50 sleeps");
    stop.countDown();
    sleeper.join();
    sampler.refresh();
    assertTrue(counter("rezolus_context_switch/voluntary") >= during);
  }

  @Test
  void shows_the_virtual_machine_under_names_of_its_own() throws Exception {
    sampler.refresh();
    assertTrue(gauge("rezolus_jvm_heap/used") > 0);
    assertTrue(gauge("rezolus_jvm_heap/used") <= gauge("rezolus_jvm_heap/committed"));
    assertTrue(gauge("rezolus_jvm_threads") > 1);
    long collections = gcCount();
    System.gc();
    sampler.refresh();
    assertTrue(gcCount() > collections);
  }

  @Test
  void every_metric_has_a_reading() throws Exception {
    sampler.refresh();
    GroupData group = sampler.groups().get(0);
    assertEquals("rezolus_rusage/main", group.name());
    assertEquals(sampler.metrics().size(), group.schema().size());
    for (int i = 0; i < group.schema().counters().size(); i++) {
      assertTrue(group.hasCounter(i), group.schema().counters().get(i).name());
    }
  }

  private long gcCount() {
    GroupData group = sampler.groups().get(0);
    long count = 0;
    List<Member> counters = group.schema().counters();
    for (int i = 0; i < counters.size(); i++) {
      if (counters.get(i).metric().equals("rezolus_jvm_gc")) {
        count += group.counter(i);
      }
    }
    return count;
  }

  private long counter(String name) {
    GroupData group = sampler.groups().get(0);
    return group.counter(position(group.schema().counters(), name));
  }

  private long gauge(String name) {
    GroupData group = sampler.groups().get(0);
    return group.gauge(position(group.schema().gauges(), name));
  }

  private static int position(List<Member> members, String name) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no member " + name);
  }
}
