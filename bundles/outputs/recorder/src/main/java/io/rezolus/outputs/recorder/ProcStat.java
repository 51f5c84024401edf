package io.rezolus.outputs.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says about a process.
 *
 * @param group its process group
 * @param terminal device number of its controlling terminal; 0 where it has none
 * @param foreground the process group that may read that terminal
 */
record ProcStat(long group, long terminal, long foreground) {
  private static final int GROUP = 2;
  private static final int TERMINAL = 4;
  private static final int FOREGROUND = 5;

  /**
   * @param process its id, or {@code self}
   * @throws IOException when there is no such process
   */
  static ProcStat of(String process) throws IOException {
    String text = Files.readString(Path.of("/proc", process, "stat"));
    // the name before may hold anything
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return new ProcStat(
        Long.parseLong(fields[GROUP]),
        Long.parseLong(fields[TERMINAL]),
        Long.parseLong(fields[FOREGROUND]));
  }

  /** Whether the process may read its terminal. */
  boolean inForeground() {
    return terminal != 0 && group == foreground;
  }
}
