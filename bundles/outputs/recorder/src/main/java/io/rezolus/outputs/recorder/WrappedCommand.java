package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command that is recorded from its start to its end. It leads a process group of its own, so
 * that ending it reaches whatever it forked: by setsid(1), or where standard input is a terminal by
 * the job control of a shell, which lets the command read the terminal and get its Ctrl-C.
 */
final class WrappedCommand {
  private static final int GRACE_SECONDS = 2;

  // not a group leader itself, so setsid runs the command in its own place: the process's id is the
  // group's id
  private static final List<String> DETACHED = List.of("setsid");
  private static final List<String> FOREGROUND = List.of("sh", "-c", "set -m; \"$@\"", "sh");

  private static final int GROUP_MILLIS = 500;

  private final Process process;
  private final long group;

  private WrappedCommand(Process process, long group) {
    this.process = process;
    this.group = group;
  }

  /**
   * Starts the command with this process's standard streams.
   *
   * @param onExit called once it has ended
   * @throws CommandException when it cannot be started
   */
  static WrappedCommand start(List<String> words, Runnable onExit) throws CommandException {
    if (find(words.get(0)) == null) {
      throw new CommandException(
          ExitCode.FAILURE, words.get(0) + ": no such command, or it is not executable");
    }
    boolean terminal = standardInputIsTerminal();
    List<String> line = new ArrayList<>(terminal ? FOREGROUND : DETACHED);
    line.addAll(words);
    try {
      Process process = new ProcessBuilder(line).inheritIO().start();
      process.onExit().thenRun(onExit);
      return new WrappedCommand(process, terminal ? child(process) : process.pid());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          words.get(0) + ": cannot start: " + e.getMessage() + " (setsid of util-linux is needed)",
          e);
    }
  }

  /** The command that a shell runs; the shell itself where it has ended already. */
  private static long child(Process shell) {
    for (int i = 0; i < GROUP_MILLIS && shell.isAlive(); i++) {
      Optional<ProcessHandle> child = shell.children().findFirst();
      if (child.isPresent()) {
        return child.get().pid();
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return shell.pid();
  }

  private static boolean standardInputIsTerminal() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  boolean ended() {
    return !process.isAlive();
  }

  /** Exit status of the command that has ended; 128 and the signal's number if one ended it. */
  int status() {
    return process.exitValue();
  }

  /** Ends the whole group: SIGTERM, two seconds of grace, SIGKILL. */
  void terminate() {
    try {
      signal("TERM");
      boolean ended = process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
      // also after an orderly end: its children may have stayed
      signal("KILL");
      if (!ended) {
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** Ends the whole group without grace. */
  void kill() {
    try {
      signal("KILL");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, "--", "-" + group)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      // no kill(1): at least the command itself and what is still its descendant
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroy();
    }
  }

  private static Path find(String command) {
    if (command.contains("/")) {
      return isProgram(Path.of(command)) ? Path.of(command) : null;
    }
    String folders = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : folders.split(File.pathSeparator)) {
      Path path = Path.of(folder, command);
      if (isProgram(path)) {
        return path;
      }
    }
    return null;
  }

  private static boolean isProgram(Path path) {
    return Files.isExecutable(path) && !Files.isDirectory(path);
  }
}
