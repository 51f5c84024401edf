package io.rezolus.samplers.cpu;

import io.rezolus.core.bpfhost.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which hooks measure CPU time on this host, best first.
 *
 * <p>On x86 the end of the local timer interrupt is exact and the cheapest, if it is the local APIC
 * that drives the tick. Under Xen and Hyper-V it usually is not: that hook attaches and never runs.
 * {@code cpuacct_account_field} needs fentry or kprobes; {@code sched_stat_runtime} is everywhere
 * but runs several times a tick.
 */
final class CpuTimeHook {
  static final String NAME = "cpu_time";

  private static final Path TICK_DEVICE =
      Path.of("/sys/devices/system/clockevents/clockevent0/current_device");

  private CpuTimeHook() {}

  static Hook forThisHost() {
    return forHost(System.getProperty("os.arch"), tickDevice());
  }

  /**
   * @param arch as in the system property {@code os.arch}
   * @param tickDevice name of the clock event device behind the tick, empty if unknown
   */
  static Hook forHost(String arch, String tickDevice) {
    List<String> variants = new ArrayList<>();
    if (arch.equals("amd64") && tickDevice.startsWith("lapic")) {
      variants.addAll(List.of("timer_btf", "timer_raw"));
    }
    variants.addAll(List.of("account_fentry", "account_kprobe", "runtime_btf", "runtime_raw"));
    return new Hook(NAME, variants, "CPU time by category");
  }

  private static String tickDevice() {
    try {
      return Files.readString(TICK_DEVICE).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
