package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** What a run of one command came to; its standard output may be binary. */
record ToolRun(int status, byte[] bytes, String err) {
  static ToolRun combine(Object... arguments) {
    return run(new CombineCommand(), new ByteArrayOutputStream(), arguments);
  }

  static ToolRun convert(String input, Object... arguments) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return run(
        new ConvertCommand(new ByteArrayInputStream(bytes)),
        new ByteArrayOutputStream(),
        arguments);
  }

  static ToolRun export(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return run(new ExportCommand(out), out, arguments);
  }

  private static ToolRun run(Object command, ByteArrayOutputStream out, Object... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setErr(new PrintWriter(err, true));
    line.setParameterExceptionHandler(
        (error, args) -> {
          err.append(error.getMessage()).append('\n');
          return ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (error, ignored, parsed) -> {
          if (error instanceof CommandException expected) {
            err.append(expected.getMessage()).append('\n');
            return expected.exitCode();
          }
          throw error;
        });
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new ToolRun(line.execute(words), out.toByteArray(), err.toString());
  }

  String out() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  ToolRun succeeds() {
    assertEquals(0, status, err);
    return this;
  }

  /** Ends with this status and nothing on standard output, and says this in one line. */
  ToolRun fails(int expected, String... parts) {
    assertEquals(expected, status, err);
    assertEquals(0, bytes.length);
    assertEquals(1, err.lines().count(), err);
    for (String part : parts) {
      assertTrue(err.contains(part), err);
    }
    return this;
  }

  ToolRun says(String part) {
    assertTrue(err.contains(part), err);
    return this;
  }
}
