package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimeHookTest {

  @Test
  void prefers_the_local_timer_where_it_drives_the_tick() {
    assertEquals(
        List.of(
            "timer_btf",
            "timer_raw",
            "account_fentry",
            "account_kprobe",
            "runtime_btf",
            "runtime_raw"),
        CpuTimeHook.forHost("amd64", "lapic-deadline").variants());
  }

  @Test
  void leaves_the_local_timer_out_where_the_hypervisor_drives_the_tick() {
    assertFalse(
        CpuTimeHook.forHost("amd64", "Hyper-V clockevent").variants().contains("timer_btf"));
    assertFalse(CpuTimeHook.forHost("amd64", "xen").variants().contains("timer_raw"));
  }

  @Test
  void arm_has_no_such_tracepoint() {
    assertEquals(
        "account_fentry", CpuTimeHook.forHost("aarch64", "arch_sys_timer").variants().get(0));
  }
}
