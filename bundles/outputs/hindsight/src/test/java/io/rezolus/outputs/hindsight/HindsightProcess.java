package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.test.agent.Leash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** {@code rezolus hindsight} in a process of its own, to be sent signals. */
final class HindsightProcess implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 120_000;

  private final Process process;
  private final Path log;

  private HindsightProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The process's program: the command without a framework around it, and without HTTP. */
  public static void main(String[] args) {
    CommandLine line =
        new CommandLine(
            new HindsightCommand((address, route) -> address, new Routes(), new StopSwitch()));
    line.setExecutionExceptionHandler(
        (error, commandLine, result) -> {
          if (error instanceof CommandException expected) {
            System.err.println(expected.getMessage());
            return expected.exitCode();
          }
          throw error;
        });
    System.exit(line.execute(args));
  }

  /**
   * Starts one that takes five readings a second.
   *
   * @param folder gets the configuration and the log
   * @param lookback how much is kept
   */
  static HindsightProcess start(Path folder, int agent, String lookback, Path output)
      throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("h.toml"),
            "[general]\ninterval = \"200ms\"\nduration = \"%s\"\nsource = \"127.0.0.1:%d\"\noutput = \"%s\"\n"
                .formatted(lookback, agent, output));
    return start(config, folder.resolve("log"));
  }

  static HindsightProcess start(Path config, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                // nohup and shells without job control hand on that these are ignored
                Leash.on(
                    List.of(
                        "env",
                        "--default-signal=HUP,INT,TERM",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HindsightProcess.class.getName(),
                        config.toString())))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new HindsightProcess(process, log);
  }

  /** Waits until the log says something, so many times in all. */
  void await(String text, int times) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (said().split(text, -1).length <= times) {
      if (System.currentTimeMillis() > end || !process.isAlive()) {
        throw new AssertionError("not said " + times + " times: " + text + "\n" + said());
      }
      Thread.sleep(10);
    }
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end and returns the exit status. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
