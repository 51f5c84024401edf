package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that is recorded from its start to its end. It leads a process group of its own, by
 * setsid(1), so that ending it reaches whatever it forked.
 */
final class WrappedCommand {
  private static final int GRACE_SECONDS = 2;

  private final Process process;

  private WrappedCommand(Process process) {
    this.process = process;
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
    List<String> line = new ArrayList<>();
    line.add("setsid");
    line.addAll(words);
    try {
      // not a group leader, so setsid runs the command in its own place: the process's id is the
      // group's id
      Process process = new ProcessBuilder(line).inheritIO().start();
      process.onExit().thenRun(onExit);
      return new WrappedCommand(process);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          words.get(0) + ": cannot start: " + e.getMessage() + " (setsid of util-linux is needed)",
          e);
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
      new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid())
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
