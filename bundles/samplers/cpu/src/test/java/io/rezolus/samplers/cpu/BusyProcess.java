package io.rezolus.samplers.cpu;

import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.TiedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child process that spins, and what the kernel says about it. */
final class BusyProcess implements AutoCloseable {
  /** {@code /proc} counts in units of 1/100 s. */
  private static final long PROC_UNIT = 10_000_000;

  private final TiedProcess process;
  private final long pid;
  private final long startUpNanos;

  private BusyProcess(TiedProcess process) throws IOException {
    this.process = process;
    // the shells below print their pid once they are where they are to be
    pid = Long.parseLong(process.readLine().strip());
    startUpNanos = cpuNanos();
  }

  /** Spins on CPU 0 inside {@code cgroup}, ahead of whatever else wants that CPU. */
  static BusyProcess in(CpuCgroup cgroup) throws IOException {
    return shell("echo $$ > " + cgroup.processes() + "; echo $$; while :; do :; done");
  }

  static BusyProcess shell(String script) throws IOException {
    return start("sh", "-c", script);
  }

  /** On CPU 0 and ahead of whatever else wants it. */
  static BusyProcess start(String... command) throws IOException {
    List<String> alone = new ArrayList<>(List.of("taskset", "-c", "0", "nice", "-n", "-19"));
    alone.addAll(List.of(command));
    return new BusyProcess(new TiedProcess(alone));
  }

  long pid() {
    return pid;
  }

  /** Lets it run until it has used this much CPU time. */
  void burn(long nanos) throws IOException, InterruptedException {
    while (cpuNanos() < nanos) {
      Thread.sleep(20);
    }
  }

  /** At least what it had used before it was where it is to be: not charged to that cgroup. */
  long startUpNanos() {
    return startUpNanos;
  }

  /** User and system time so far, that of threads that ended included. */
  long cpuNanos() throws IOException {
    return nanos(Path.of("/proc/" + pid + "/stat"));
  }

  /** User and system time so far of the thread that leads the process now. */
  long leaderNanos() throws IOException {
    return nanos(Path.of("/proc/" + pid + "/task/" + pid + "/stat"));
  }

  private static long nanos(Path file) throws IOException {
    String stat = Files.readString(file);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * PROC_UNIT;
  }

  /** Stops it, so that it can be measured without moving. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
    Path stat = Path.of("/proc/" + pid + "/stat");
    while (!Files.readString(stat).contains(") T ")) {
      Thread.sleep(1);
    }
  }

  /** Ends it and waits for the end. */
  void end() throws IOException {
    close();
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
