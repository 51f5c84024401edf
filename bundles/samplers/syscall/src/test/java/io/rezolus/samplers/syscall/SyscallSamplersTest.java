package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyscallSamplersTest {
  private static final int ROW = 17;

  private final MemoryBpfHost host = new MemoryBpfHost();
  private SyscallCountsSampler counts;
  private SyscallLatencySampler latency;

  @BeforeEach
  void start() throws Exception {
    SyscallPrograms programs = new SyscallPrograms(host, feature -> true, () -> false);
    counts = new SyscallCountsSampler(programs);
    latency = new SyscallLatencySampler(programs);
  }

  @Test
  void totals_have_all_classes_and_keep_zeros() {
    counts.refresh();
    GroupData totals = group("syscall_counts_counters");
    assertEquals("syscall_counts/syscall_counts_counters", totals.name());
    assertEquals(16, totals.schema().counters().size());
    for (SyscallClass c : SyscallClass.values()) {
      Member member = totals.schema().counters().get(c.ordinal());
      assertEquals("syscall/" + c.op(), member.name());
      assertEquals(
          Map.of(
              "metric", "syscall", "op", c.op(), "sampler", "syscall_counts", "unit", "syscalls"),
          member.labels());
      assertEquals(0, totals.counter(c.ordinal()));
      assertEquals(true, totals.hasCounter(c.ordinal()));
    }
  }

  @Test
  void totals_are_summed_over_cpus() {
    host.array("cpu_counters")[SyscallClass.READ.ordinal()] = 3;
    host.array("cpu_counters")[16 + SyscallClass.READ.ordinal()] = 4;
    counts.refresh();
    assertEquals(7, group("syscall_counts_counters").counter(SyscallClass.READ.ordinal()));
  }

  @Test
  void a_cgroup_has_every_class_under_its_name() {
    cgroup(5, 77, "web");
    host.array("cgroup_counters")[5 * ROW + 1 + SyscallClass.WRITE.ordinal()] = 9;
    counts.refresh();
    GroupData cgroups = group("syscall_counts_cgroup");
    Member member = cgroups.schema().counters().get(SyscallClass.WRITE.ordinal());
    assertEquals("cgroup_syscall/write/5@25", member.name());
    assertEquals("/web", member.labels().get("name"));
    assertEquals("5", member.labels().get("id"));
    assertEquals("write", member.labels().get("op"));
    assertEquals(9, cgroups.counter(SyscallClass.WRITE.ordinal()));
    assertEquals(16, cgroups.schema().size());
  }

  @Test
  void the_schema_stays_while_the_cgroups_do() {
    cgroup(5, 77, "web");
    counts.refresh();
    Schema schema = group("syscall_counts_cgroup").schema();
    counts.refresh();
    assertSame(schema, group("syscall_counts_cgroup").schema());
  }

  @Test
  void a_row_that_is_being_cleared_keeps_its_last_value() {
    cgroup(5, 77, "web");
    host.array("cgroup_counters")[5 * ROW + 1] = 9;
    counts.refresh();
    host.array("cgroup_counters")[5 * ROW] = 0;
    host.array("cgroup_counters")[5 * ROW + 1] = 0;
    counts.refresh();
    assertEquals(9, group("syscall_counts_cgroup").counter(0));
  }

  @Test
  void a_reused_id_is_another_series() {
    cgroup(5, 77, "web");
    counts.refresh();
    cgroup(5, 78, "db");
    counts.refresh();
    List<Member> members = group("syscall_counts_cgroup").schema().counters();
    assertEquals(16, members.size());
    assertEquals("cgroup_syscall/other/5@26", members.get(0).name());
    assertEquals("/db", members.get(0).labels().get("name"));
  }

  @Test
  void histograms_of_all_classes_are_there_from_the_start() {
    host.array("latencies")[SyscallClass.EVENT.ordinal() * 496 + 51] = 6;
    latency.refresh();
    GroupData latencies = latency.groups().get(0);
    assertEquals("syscall_latency/syscall_latency_latencies", latencies.name());
    assertEquals(16, latencies.schema().histograms().size());
    Member event = latencies.schema().histograms().get(SyscallClass.EVENT.ordinal());
    assertEquals("syscall_latency/event", event.name());
    assertEquals("nanoseconds", event.labels().get("unit"));
    assertEquals("3", event.labels().get("grouping_power"));
    assertEquals(496, latencies.histogram(0).length);
    assertEquals(6, latencies.histogram(SyscallClass.EVENT.ordinal())[51]);
  }

  @Test
  void the_cost_of_the_programs_shows_once_the_kernel_keeps_it() {
    latency.refresh();
    GroupData main = latency.groups().get(1);
    assertEquals("syscall_latency/main", main.name());
    assertEquals("rezolus_bpf_run_count", main.schema().counters().get(0).metric());
    assertEquals(2, main.counter(0));
    assertEquals(20, main.counter(1));
    assertTrue(main.windowed());
  }

  private GroupData group(String name) {
    return counts.groups().stream().filter(g -> g.name().endsWith('/' + name)).findFirst().get();
  }

  private void cgroup(int id, long serial, String name) {
    long[] info = host.array("cgroup_info");
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    info[0]++; // slot 0 counts changes
    Arrays.fill(info, id * 26, (id + 1) * 26, 0);
    info[id * 26] = serial;
    info[id * 26 + 1] = 1;
    for (int i = 0; i < bytes.length; i++) {
      info[id * 26 + 2 + i / 8] |= (long) bytes[i] << (8 * (i % 8));
    }
    host.array("cgroup_counters")[id * ROW] = serial;
  }
}
