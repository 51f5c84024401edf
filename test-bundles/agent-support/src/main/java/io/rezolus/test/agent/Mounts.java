package io.rezolus.test.agent;

import java.io.IOException;

/** Runs the commands that mount file systems. */
final class Mounts {
  private Mounts() {}

  /** Whether the command did what it is for. */
  static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
