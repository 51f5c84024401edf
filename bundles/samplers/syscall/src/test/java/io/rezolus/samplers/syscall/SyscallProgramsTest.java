package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.Hook;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyscallProgramsTest {
  private final MemoryBpfHost host = new MemoryBpfHost();
  private boolean both;
  private boolean stopping;
  private final SyscallPrograms programs =
      new SyscallPrograms(host, feature -> both, () -> stopping);

  @Test
  void the_first_user_loads_and_the_last_one_closes() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    programs.release(SyscallFeature.COUNTS);
    programs.release(SyscallFeature.LATENCY);
    assertEquals(
        List.of("load counts", "reload counts+latency", "reload latency", "close"), host.log);
  }

  @Test
  void two_enabled_samplers_are_loaded_at_once() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.LATENCY);
    programs.acquire(SyscallFeature.COUNTS);
    assertEquals(List.of("load counts+latency"), host.log);
  }

  @Test
  void a_stopping_bundle_rebuilds_nothing() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    stopping = true;
    programs.release(SyscallFeature.COUNTS);
    programs.release(SyscallFeature.LATENCY);
    assertEquals(List.of("load counts+latency", "close"), host.log);
  }

  @Test
  void a_refused_part_fails_alone() throws Exception {
    both = true;
    host.refused = "latency";
    programs.acquire(SyscallFeature.COUNTS);
    BpfException refusal =
        assertThrows(BpfException.class, () -> programs.acquire(SyscallFeature.LATENCY));
    assertEquals("sys_exit: refused", refusal.getMessage());
    programs.release(SyscallFeature.COUNTS);
    assertEquals(
        List.of("load counts+latency", "load counts", "reload counts+latency", "close"), host.log);
  }

  @Test
  void a_kernel_without_the_exit_tracepoint_supports_the_counts_only() throws Exception {
    host.missing = "sys_exit";
    programs.acquire(SyscallFeature.COUNTS);
    UnsupportedException refusal =
        assertThrows(UnsupportedException.class, () -> programs.acquire(SyscallFeature.LATENCY));
    assertEquals("sys_exit: no such tracepoint", refusal.getMessage());
    assertEquals(List.of("load counts", "reload counts+latency", "reload counts"), host.log);
  }

  @Test
  void the_counts_alone_leave_the_exit_alone() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    assertEquals(List.of("cgroup_rmdir", "sys_enter"), hooks());
  }

  @Test
  void the_entry_is_attached_after_what_it_relies_on() throws Exception {
    programs.acquire(SyscallFeature.LATENCY);
    assertEquals(
        List.of(
            "cgroup_rmdir", "sched_process_free", "sched_process_fork", "sys_exit", "sys_enter"),
        hooks());
  }

  @Test
  void calls_under_way_when_the_latency_goes_are_forgotten() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    host.array("starts")[7] = 99;
    host.cleared.clear();
    programs.release(SyscallFeature.LATENCY);
    assertEquals(0, host.array("starts")[7]);
    assertEquals(List.of("starts_high"), host.cleared);
  }

  @Test
  void each_hook_is_charged_once() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    assertEquals(2, programs.cost(SyscallFeature.COUNTS).runs());
    assertEquals(2, programs.cost(SyscallFeature.LATENCY).runs());
    programs.release(SyscallFeature.COUNTS);
    assertEquals(4, programs.cost(SyscallFeature.LATENCY).runs());
  }

  @Test
  void the_first_missed_event_brings_second_programs_behind_the_first() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    programs.cost(SyscallFeature.COUNTS);
    host.missed = 1;
    programs.cost(SyscallFeature.COUNTS);
    assertEquals(
        List.of(
            "cgroup_rmdir",
            "sched_process_free",
            "sched_process_fork",
            "sched_process_fork_again",
            "sys_exit",
            "sys_exit_again",
            "sys_enter",
            "sys_enter_again"),
        hooks());
  }

  @Test
  void calls_are_stamped_before_a_second_program_looks_for_stamps() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    host.missed = 1;
    programs.cost(SyscallFeature.COUNTS);
    assertEquals(List.of("load counts", "reload counts+stamps", "reload counts+stamps"), host.log);
    assertEquals("sys_enter_again", hooks().get(hooks().size() - 1));
  }

  @Test
  void stamps_that_second_programs_rely_on_stay() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    host.missed = 1;
    programs.cost(SyscallFeature.COUNTS);
    host.array("starts")[7] = 99;
    programs.release(SyscallFeature.LATENCY);
    assertEquals(99, host.array("starts")[7]);
    assertEquals("reload counts+stamps", host.log.get(host.log.size() - 1));
  }

  @Test
  void an_event_that_was_made_up_for_is_not_missed() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    host.missed = 5; // on each of two hooks
    host.array("made_up")[0] = 4;
    host.array("made_up")[1] = 3;
    assertEquals(6, programs.cost(SyscallFeature.COUNTS).missed());
    assertEquals(7, programs.cost(SyscallFeature.LATENCY).missed());
  }

  @Test
  void what_was_said_to_be_missed_never_becomes_less() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    host.missed = 2;
    long before = programs.cost(SyscallFeature.COUNTS).missed();
    host.array("made_up")[0] = 1;
    assertEquals(before, programs.cost(SyscallFeature.COUNTS).missed());
  }

  @Test
  void health_shows_the_hooks_a_sampler_needs() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    assertEquals(2, programs.health(SyscallFeature.COUNTS).programs().size());
    assertEquals(4, programs.health(SyscallFeature.LATENCY).programs().size());
    assertTrue(
        programs.health(SyscallFeature.LATENCY).programs().stream().allMatch(p -> p.attached()));
  }

  private List<String> hooks() {
    return host.spec().hooks().stream().map(Hook::name).toList();
  }
}
