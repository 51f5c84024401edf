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
    assertEquals(List.of("cgroup_rmdir", "sched_process_fork", "sys_exit", "sys_enter"), hooks());
  }

  @Test
  void calls_under_way_when_the_latency_goes_are_forgotten() throws Exception {
    programs.acquire(SyscallFeature.COUNTS);
    programs.acquire(SyscallFeature.LATENCY);
    host.array("starts")[7] = 99;
    programs.release(SyscallFeature.LATENCY);
    assertEquals(0, host.array("starts")[7]);
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
  void health_shows_the_hooks_a_sampler_needs() throws Exception {
    both = true;
    programs.acquire(SyscallFeature.COUNTS);
    assertEquals(2, programs.health(SyscallFeature.COUNTS).programs().size());
    assertEquals(3, programs.health(SyscallFeature.LATENCY).programs().size());
    assertTrue(
        programs.health(SyscallFeature.LATENCY).programs().stream().allMatch(p -> p.attached()));
  }

  private List<String> hooks() {
    return host.spec().hooks().stream().map(Hook::name).toList();
  }
}
