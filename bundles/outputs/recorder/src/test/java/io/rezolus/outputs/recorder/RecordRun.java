package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.command.StopSwitch;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs {@code rezolus record} in this process, as the command line does. */
final class RecordRun {
  private RecordRun() {}

  static int of(StopSwitch stop, OutputStream messages, String... arguments) {
    PrintStream out = new PrintStream(messages, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new RecordCommand(out, stop));
    line.setExecutionExceptionHandler(
        (error, commandLine, result) -> {
          if (error instanceof CommandException expected) {
            out.println(expected.getMessage());
            return expected.exitCode();
          }
          throw error;
        });
    line.setErr(new PrintWriter(out, true));
    return line.execute(arguments);
  }
}
