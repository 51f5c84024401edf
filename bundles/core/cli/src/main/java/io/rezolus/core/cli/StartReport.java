package io.rezolus.core.cli;

import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line that says what an agent does, and one more for each sampler that does not. */
final class StartReport {
  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

  /** USER_HZ, which every architecture of Linux that Java runs on defines so. */
  private static final double TICKS_PER_SECOND = 100;

  private StartReport() {}

  static void print(SamplerInventory inventory, String url, PrintStream out) {
    int active = 0;
    int unsupported = 0;
    int degraded = 0;
    int failed = 0;
    int disabled = 0;
    List<String> reasons = new ArrayList<>();
    for (SamplerStatus sampler : inventory.samplers()) {
      String verdict = verdict(sampler);
      switch (verdict) {
        case "unsupported" -> unsupported++;
        case "degraded" -> degraded++;
        case "failed" -> failed++;
        case "disabled" -> disabled++;
        default -> active++;
      }
      if (!verdict.equals("active") && !verdict.equals("disabled")) {
        reasons.add(String.format("  %-22s %-12s %s", sampler.name(), verdict, reason(sampler)));
      }
    }
    out.printf(
        Locale.ROOT,
        "rezolus %s ready in %.2f s: %d samplers active%s%s%s%s, listening on %s, %d MB%n",
        inventory.version(),
        secondsSinceExec(),
        active,
        count(unsupported, "unsupported"),
        count(degraded, "degraded"),
        count(failed, "failed"),
        count(disabled, "disabled"),
        url,
        residentMegabytes());
    if (!LOG.isInfoEnabled()) {
      // at info and below, the agent logs each of them
      reasons.forEach(out::println);
    }
    out.flush();
  }

  private static String verdict(SamplerStatus sampler) {
    if (sampler.state() == SamplerStatus.State.ACTIVE) {
      return sampler.health() == null || sampler.health().level() == SamplerHealth.Level.HEALTHY
          ? "active"
          : name(sampler.health().level());
    }
    if (sampler.state() == SamplerStatus.State.FAILED && sampler.health() != null) {
      return name(sampler.health().level());
    }
    return name(sampler.state());
  }

  private static String reason(SamplerStatus sampler) {
    if (sampler.reason() != null) {
      return sampler.reason();
    }
    List<String> programs = new ArrayList<>();
    sampler.programs().stream()
        .filter(program -> program.error() != null)
        .forEach(program -> programs.add(program.name() + ": " + program.error()));
    return String.join(", ", programs);
  }

  private static String count(int number, String what) {
    return number == 0 ? "" : ", " + number + " " + what;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Both ends on the clock that counts from boot (proc(5)); the start instant that Java offers is
   * up to a second off, because the kernel tells the time of boot in whole seconds.
   */
  private static double secondsSinceExec() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // the name of the process may contain blanks; what follows it starts with field 3
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double started = Long.parseLong(fields[22 - 3]) / TICKS_PER_SECOND;
      return Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - started;
    } catch (IOException e) {
      return ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0; // without /proc
    }
  }

  private static long residentMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      // a system without /proc has no such number
    }
    return 0;
  }
}
