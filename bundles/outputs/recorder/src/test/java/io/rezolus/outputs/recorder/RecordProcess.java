package io.rezolus.outputs.recorder;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.test.agent.Leash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code rezolus record} in a process of its own, to be killed. */
final class RecordProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;

  private RecordProcess(Process process) {
    this.process = process;
  }

  /** The process's program: the command without a framework around it. */
  public static void main(String[] args) {
    System.exit(RecordRun.of(new StopSwitch(), System.err, args));
  }

  /** The command line of such a process. */
  static List<String> line(Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                RecordProcess.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /**
   * @param log gets what it says
   */
  static RecordProcess start(Path log, Object... arguments) throws IOException {
    return new RecordProcess(
        new ProcessBuilder(Leash.on(line(arguments)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start());
  }

  boolean running() {
    return process.isAlive();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
