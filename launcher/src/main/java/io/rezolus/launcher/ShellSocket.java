package io.rezolus.launcher;

import java.nio.file.Path;

/** Where an agent's shell listens: the launcher tells the agent, the client looks there. */
final class ShellSocket {
  /** Overrides the path, in the agent and in the client. */
  static final String PROPERTY = "rezolus.shell.socket";

  private ShellSocket() {}

  static Path path() {
    String given = System.getProperty(PROPERTY, System.getenv("REZOLUS_SHELL_SOCKET"));
    return given != null ? Path.of(given) : runDirectory().resolve("shell.sock");
  }

  private static Path runDirectory() {
    if (UserHome.isRoot()) {
      return Path.of("/run/rezolus");
    }
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime != null ? Path.of(runtime, "rezolus") : UserHome.path().resolve(".rezolus");
  }
}
