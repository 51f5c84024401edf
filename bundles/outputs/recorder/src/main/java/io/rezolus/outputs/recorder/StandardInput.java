package io.rezolus.outputs.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process reads from. */
enum StandardInput {
  /** A terminal that this process may read. */
  FOREGROUND_TERMINAL,
  /** A terminal that another process group reads at present, as a shell does that was given "&". */
  BACKGROUND_TERMINAL,
  /** A file, a pipe, or nothing. */
  OTHER;

  static StandardInput find() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      if (!device.startsWith("/dev/pts/") && !device.startsWith("/dev/tty")) {
        return OTHER;
      }
      return ProcStat.of("self").inForeground() ? FOREGROUND_TERMINAL : BACKGROUND_TERMINAL;
    } catch (IOException e) {
      return OTHER;
    }
  }
}
