package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** What a run of {@code rezolus recording} came to. */
record CommandRun(int status, String out, String err) {

  static CommandRun of(Object... arguments) {
    return withInput("", arguments);
  }

  static CommandRun withInput(String input, Object... arguments) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine.IFactory factory = CommandLine.defaultFactory();
    CommandLine line =
        new CommandLine(
            new RecordingCommand(),
            new CommandLine.IFactory() {
              @Override
              public <K> K create(Class<K> type) throws Exception {
                return type == AnnotateCommand.class
                    ? type.cast(new AnnotateCommand(in))
                    : factory.create(type);
              }
            });
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setParameterExceptionHandler(
        (error, args) -> {
          err.append(error.getMessage()).append('\n');
          return ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          if (error instanceof CommandException expected) {
            err.append(expected.getMessage()).append('\n');
            return expected.exitCode();
          }
          throw error;
        });
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new CommandRun(line.execute(words), out.toString(), err.toString());
  }

  CommandRun succeeds() {
    assertEquals(0, status, err);
    return this;
  }

  /** Ends with this status, nothing on standard output, and says this in its last line. */
  CommandRun fails(int expected, String... parts) {
    assertEquals(expected, status, err);
    assertEquals("", out);
    String[] lines = err.split("\n");
    for (String part : parts) {
      assertTrue(lines[lines.length - 1].contains(part), err);
    }
    return this;
  }

  CommandRun says(String part) {
    assertTrue(err.contains(part), err);
    return this;
  }
}
