package io.rezolus.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final Duration ALWAYS_FRESH = Duration.ofNanos(-1);
  private int changes;
  private SnapshotReader reader = reader(ALWAYS_FRESH, Duration.ofSeconds(1));

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void a_snapshot_names_its_source_and_has_its_groups_sorted() {
    add(new TestSampler("b").group("main", "b_x", 1));
    add(new TestSampler("a").group("z", "a_z", 1).group("b", "a_b", 1));
    assertEquals(List.of("a/b", "a/z", "b/main"), groups());
    assertEquals(groups(), groups());
    assertEquals("rezolus", reader.read(snapshot -> snapshot.metadata().get("source")));
    assertEquals("5.17.1", reader.read(snapshot -> snapshot.metadata().get("version")));
  }

  @Test
  void readings_within_the_time_to_live_are_shared() {
    reader.ttl(Duration.ofHours(1));
    TestSampler sampler = new TestSampler("a").group("main", "x", 1);
    add(sampler);
    groups();
    long sequence = reader.sequence();
    groups();
    assertEquals(1, sampler.refreshes);
    assertEquals(sequence, reader.sequence());
    reader.ttl(ALWAYS_FRESH);
    groups();
    assertEquals(2, sampler.refreshes);
    assertTrue(reader.sequence() > sequence);
  }

  @Test
  void concurrent_scrapes_share_one_reading() throws Exception {
    reader.ttl(Duration.ofHours(1));
    TestSampler sampler = new TestSampler("a").group("main", "x", 1);
    add(sampler);
    Thread[] scrapes = new Thread[8];
    for (int i = 0; i < scrapes.length; i++) {
      scrapes[i] = new Thread(this::groups);
      scrapes[i].start();
    }
    for (Thread scrape : scrapes) {
      scrape.join();
    }
    assertEquals(1, sampler.refreshes);
  }

  @Test
  void groups_without_members_or_readings_are_left_out() {
    add(new TestSampler("a").group("empty", "x", 0).silentGroup("silent", "y").group("b", "z", 1));
    assertEquals(List.of("a/b"), groups());
  }

  @Test
  void a_refresh_that_throws_costs_only_its_own_values() {
    TestSampler broken = new TestSampler("a").group("main", "x", 1);
    SamplerSlot slot = add(broken);
    add(new TestSampler("b").group("main", "y", 1));
    broken.work =
        () -> {
          throw new IOException("device is gone\nand more");
        };
    assertEquals(List.of("b/main"), groups());
    assertEquals(List.of("b/main"), groups());
    assertEquals("IOException: device is gone", slot.fault());
    assertEquals(1, changes);
    broken.work = () -> null;
    assertEquals(List.of("a/main", "b/main"), groups());
    assertNull(slot.fault());
    assertEquals(2, changes);
  }

  @Test
  void a_refresh_that_hangs_is_left_out_until_it_returns() throws Exception {
    reader.close();
    reader = reader(ALWAYS_FRESH, Duration.ofMillis(200));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch returned = new CountDownLatch(1);
    TestSampler hanging = new TestSampler("a").group("main", "x", 1);
    hanging.work =
        () -> {
          release.await();
          returned.countDown();
          return null;
        };
    SamplerSlot slot = add(hanging);
    add(new TestSampler("b").group("main", "y", 1));
    assertEquals(List.of("b/main"), groups());
    assertTrue(slot.fault().contains("left out until it does"), slot.fault());
    assertEquals(List.of("b/main"), groups());
    assertEquals(1, hanging.refreshes);
    release.countDown();
    assertTrue(returned.await(10, TimeUnit.SECONDS));
    while (!groups().contains("a/main")) {
      Thread.onSpinWait();
    }
    assertNull(slot.fault());
  }

  @Test
  void a_slow_refresh_within_the_deadline_is_waited_for() {
    TestSampler slow = new TestSampler("a").group("main", "x", 1);
    slow.work =
        () -> {
          Thread.sleep(100);
          return null;
        };
    add(slow);
    assertEquals(List.of("a/main"), groups());
  }

  @Test
  void unregistering_waits_for_the_refresh_and_no_call_follows() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestSampler sampler = new TestSampler("a").group("main", "x", 1);
    sampler.work =
        () -> {
          entered.countDown();
          release.await();
          return null;
        };
    add(sampler);
    Thread scrape = new Thread(this::groups);
    scrape.start();
    entered.await();
    Thread removal = new Thread(() -> reader.remove(sampler));
    removal.start();
    while (removal.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
    removal.join();
    scrape.join();
    assertEquals(List.of(), groups());
    assertEquals(1, sampler.refreshes);
  }

  @Test
  void a_hung_sampler_can_be_unregistered() {
    reader.close();
    reader = reader(ALWAYS_FRESH, Duration.ofMillis(100));
    TestSampler hanging = new TestSampler("a").group("main", "x", 1);
    CountDownLatch never = new CountDownLatch(1);
    hanging.work =
        () -> {
          never.await();
          return null;
        };
    add(hanging);
    groups();
    reader.remove(hanging);
    assertEquals(0, reader.samplers().length);
  }

  @Test
  void of_two_samplers_with_one_member_name_the_later_is_refused_until_the_other_is_gone() {
    TestSampler first = new TestSampler("b").group("main", "x", 2);
    SamplerSlot slot = add(first);
    SamplerSlot second = add(new TestSampler("a").group("main", "x", 1));
    assertEquals(List.of("b/main"), groups());
    assertNull(slot.refusal());
    assertEquals("member x_0 belongs to sampler b of test 1.0.0", second.refusal());
    reader.remove(first);
    assertEquals(List.of("a/main"), groups());
    assertNull(second.refusal());
  }

  @Test
  void a_group_name_is_taken_only_once() {
    add(new TestSampler("a").group("main", "x", 1));
    SamplerSlot second = add(new TestSampler("a").group("main", "y", 1));
    assertEquals(List.of("a/main"), groups());
    assertEquals("group a/main belongs to sampler a of test 1.0.0", second.refusal());
  }

  @Test
  void log_metrics_are_never_exposed() {
    SamplerSlot slot = add(new TestSampler("a").group("main", "log_x", 1));
    assertEquals(List.of(), groups());
    assertEquals("log_x_0: names that begin with log_ are never exposed", slot.refusal());
  }

  @Test
  void a_steady_reading_allocates_the_same_whatever_the_number_of_members() {
    long few = allocatedPerReading(10);
    reader.close();
    reader = reader(ALWAYS_FRESH, Duration.ofSeconds(1));
    long many = allocatedPerReading(10_000);
    assertTrue(Math.abs(many - few) < 200, few + " bytes for 10, " + many + " for 10000");
  }

  /** Of the reading thread and the sampling thread together. */
  private long allocatedPerReading(int members) {
    Thread[] sampling = new Thread[1];
    TestSampler sampler = new TestSampler("a").group("main", "x", members);
    sampler.work =
        () -> {
          sampling[0] = Thread.currentThread();
          return null;
        };
    add(sampler);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 2000; i++) {
      reader.read(snapshot -> null);
    }
    int readings = 2000;
    long here = Thread.currentThread().getId();
    long there = sampling[0].getId();
    long before = threads.getThreadAllocatedBytes(here) + threads.getThreadAllocatedBytes(there);
    for (int i = 0; i < readings; i++) {
      reader.read(snapshot -> null);
    }
    long after = threads.getThreadAllocatedBytes(here) + threads.getThreadAllocatedBytes(there);
    assertFalse(after < before);
    return (after - before) / readings;
  }

  private SamplerSlot add(TestSampler sampler) {
    SamplerSlot slot = new SamplerSlot(sampler, "test 1.0.0", () -> changes++);
    reader.add(slot);
    return slot;
  }

  private List<String> groups() {
    return reader.read(snapshot -> snapshot.groups().stream().map(GroupData::name).toList());
  }

  private static SnapshotReader reader(Duration ttl, Duration deadline) {
    return new SnapshotReader("5.17.1", ttl, deadline);
  }
}
