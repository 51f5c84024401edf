package io.rezolus.core.bpfhost.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.ProgramStatus.Verdict;
import io.rezolus.core.bpfhost.Hook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is decided from texts and numbers, without a kernel. */
class DecisionsTest {

  @Test
  void the_verifiers_last_words_are_not_its_statistics() {
    assertEquals(
        "R0 invalid mem access 'map_value_or_null'",
        VerifierText.lastWords(
            "0: (b7) r1 = 0\n5: (79) r1 = *(u64 *)(r0 +0)\n; *value += 1;\n"
                + "R0 invalid mem access 'map_value_or_null'\n"
                + "verification time 80 usec\nstack depth 8\n"
                + "processed 6 insns (limit 1000000) max_states_per_insn 0\n"));
    assertEquals("", VerifierText.lastWords("processed 0 insns (limit 1000000)\n"));
    assertEquals("", VerifierText.lastWords(""));
  }

  @Test
  void a_helper_that_the_kernel_lacks_is_no_fault_of_the_program() {
    assertTrue(VerifierText.missesHelper("invalid func unknown#158"));
    assertTrue(VerifierText.missesHelper("unknown func bpf_get_current_task_btf#158"));
    assertFalse(VerifierText.missesHelper("R0 invalid mem access 'map_value_or_null'"));
    assertFalse(VerifierText.missesHelper(""));
  }

  @Test
  void a_kernel_without_the_helper_that_reads_its_memory_is_locked_down() {
    assertTrue(VerifierText.deniesReading("unknown func bpf_probe_read_str#45"));
    assertTrue(VerifierText.deniesReading("unknown func bpf_probe_read_kernel#113"));
    assertFalse(VerifierText.deniesReading("unknown func bpf_get_current_task_btf#158"));
    assertTrue(Privilege.deniesReading("none integrity [confidentiality]\n"));
    assertFalse(Privilege.deniesReading("none [integrity] confidentiality\n"));
  }

  @Test
  void dictated_variants_apply_to_their_hook_or_to_all_that_offer_them() {
    ForcedVariants forced = ForcedVariants.parse("sched_switch=kprobe, *=raw_tp");
    assertEquals(List.of("kprobe"), forced.variants(Hook.tracepoint("sched_switch")));
    assertEquals(List.of("raw_tp"), forced.variants(Hook.tracepoint("sys_enter")));
    assertEquals(List.of("fentry"), forced.variants(Hook.of("tcp_sendmsg", "fentry")));
    assertEquals(
        List.of("tp_btf", "raw_tp"), ForcedVariants.parse("").variants(Hook.tracepoint("x")));
  }

  @Test
  void a_dictated_variant_that_is_no_pair_is_refused() {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> ForcedVariants.parse("sched_switch"));
    assertEquals(
        "REZOLUS_BPF_VARIANT: 'sched_switch' is not hook=variant; example: sched_switch=raw_tp",
        wrong.getMessage());
  }

  @Test
  void what_the_kernel_does_not_offer_is_unsupported_and_all_else_is_broken() {
    for (int errno : new int[] {Errno.ENOENT, Errno.EPERM, Errno.EOPNOTSUPP, Errno.ENOTSUPP}) {
      assertEquals(Verdict.UNSUPPORTED, refusedWith(errno).status(null).verdict());
    }
    assertEquals(Verdict.BROKEN, refusedWith(Errno.EAGAIN).status(null).verdict());
    assertTrue(refusedWith(Errno.EPERM).refusedForPrivilege());
    assertFalse(refusedWith(Errno.ENOENT).refusedForPrivilege());
  }

  private static HookChoice refusedWith(int errno) {
    HookChoice choice = new HookChoice(Hook.of("h", "kprobe"), List.of("kprobe"), null);
    choice.refuse(errno, "no");
    return choice;
  }

  @Test
  void programs_need_sys_admin_or_bpf_with_perfmon() {
    assertTrue(Privilege.suffices(1L << 21));
    assertTrue(Privilege.suffices(1L << 38 | 1L << 39));
    assertFalse(Privilege.suffices(1L << 39));
    assertFalse(Privilege.suffices(0));
  }

  @Test
  void possible_cpus_are_counted_to_the_highest_id() {
    assertEquals(1, HostLimits.possibleCpus("0\n"));
    assertEquals(12, HostLimits.possibleCpus("0-3,8-11\n"));
    assertEquals(1024, HostLimits.possibleCpus("0-8191\n"));
  }

  @Test
  void there_is_room_for_tasks_by_the_cpus_and_less_where_it_costs_memory() {
    KernelRelease allocating = KernelRelease.of("6.1.0-50-cloud-amd64");
    KernelRelease older = KernelRelease.of("5.10.0-32-cloud-amd64");
    assertEquals(65536, HostLimits.highTasks(2, allocating));
    assertEquals(16384, HostLimits.highTasks(2, older));
    assertEquals(131072, HostLimits.highTasks(16, allocating));
    assertEquals(262144, HostLimits.highTasks(1024, allocating));
    assertEquals(65536, HostLimits.highTasks(32, older));
  }

  @Test
  void the_cpu_controllers_own_hierarchy_goes_before_the_unified_one() {
    String unified = "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0";
    assertEquals(
        "/sys/fs/cgroup/cpu,cpuacct",
        CpuHierarchy.mountPoint(
            List.of(unified, "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0")));
    assertEquals(
        "/sys/fs/cgroup/unified",
        CpuHierarchy.mountPoint(
            List.of("cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0", unified)));
  }
}
