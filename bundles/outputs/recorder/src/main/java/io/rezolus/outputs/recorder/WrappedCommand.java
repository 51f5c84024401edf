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
 * A command that is recorded from its start to its end. It leads a process group of its own, so
 * that ending it reaches whatever it forked: by setsid(1), or where this process may read a
 * terminal by the job control of a shell, which lets the command read the terminal and get its
 * Ctrl-C.
 */
final class WrappedCommand {
  private static final int GRACE_SECONDS = 2;
  private static final int KILLED = 128 + 9;

  // not a group leader itself, so setsid runs the command in its own place: the process's id is the
  // group's id
  private static final List<String> DETACHED = List.of("setsid");
  // the exit keeps the shell from running the command in its own place, which leads no group
  private static final List<String> FOREGROUND =
      List.of("sh", "-c", "set -m; \"$@\"; exit $?", "sh");

  private final Process process;
  private final boolean shell;
  // 0 until it is known
  private volatile long group;

  private WrappedCommand(Process process, boolean shell) {
    this.process = process;
    this.shell = shell;
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
    StandardInput input = StandardInput.find();
    boolean shell = input == StandardInput.FOREGROUND_TERMINAL;
    List<String> line = new ArrayList<>(shell ? FOREGROUND : DETACHED);
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    if (input == StandardInput.BACKGROUND_TERMINAL) {
      // what is typed there is meant for others
      builder.redirectInput(new File("/dev/null"));
    }
    try {
      Process process = builder.start();
      process.onExit().thenRun(onExit);
      return new WrappedCommand(process, shell);
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

  /** Exit status of the command; 128 and the signal's number if one ended it. */
  int status() {
    // the kernel may hold back even what was killed
    return process.isAlive() ? KILLED : process.exitValue();
  }

  /** Ends the whole group: SIGTERM, two seconds of grace, SIGKILL. */
  void terminate() {
    try {
      signal("TERM");
      process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
      // also after an orderly end: its children may have stayed
      signal("KILL");
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        killOneByOne();
        process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
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
    long leader = leader();
    if (leader == 0 || !send(name, -leader)) {
      killOneByOne();
    }
  }

  /**
   * The process that leads the command's group, which it may not do at once: a shell has to fork it
   * first. 0 while there is none.
   */
  private long leader() {
    if (group == 0) {
      if (!shell) {
        group = leads(process.pid()) ? process.pid() : 0;
      } else {
        group =
            process
                .children()
                .mapToLong(ProcessHandle::pid)
                .filter(WrappedCommand::leads)
                .findFirst()
                .orElse(0);
      }
    }
    return group;
  }

  private static boolean leads(long pid) {
    try {
      return ProcStat.of(Long.toString(pid)).group() == pid;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where there is no group: the process and all that descends from it. */
  private void killOneByOne() throws InterruptedException {
    // it forks nothing more meanwhile
    send("STOP", process.pid());
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Returns whether kill(1) is there. */
  private static boolean send(String name, long target) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, "--", Long.toString(target))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException e) {
      return false;
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
