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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** What a run of {@code rezolus recording} came to. */
record CommandRun(int status, String out, String err, List<Path> files) {

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
    List<Path> files =
        Arrays.stream(arguments).filter(Path.class::isInstance).map(Path.class::cast).toList();
    return new CommandRun(line.execute(words), out.toString(), err.toString(), files);
  }

  CommandRun succeeds() {
    assertEquals(0, status, err);
    return this;
  }

  /**
   * Ends with this status, nothing on standard output, and says this in its last line; where what
   * was asked makes sense, that line names one of the files, or the folder of one.
   */
  CommandRun fails(int expected, String... parts) {
    assertEquals(expected, status, err);
    assertEquals("", out);
    String[] lines = err.split("\n");
    if (expected == 1 && !files.isEmpty()) {
      assertTrue(files.stream().anyMatch(file -> names(lines[lines.length - 1], file)), err);
    }
    for (String part : parts) {
      assertTrue(lines[lines.length - 1].contains(part), err);
    }
    return this;
  }

  private static boolean names(String line, Path file) {
    return line.contains(file.toString()) || line.contains(file.getParent() + ": ");
  }

  CommandRun says(String part) {
    assertTrue(err.contains(part), err);
    return this;
  }
}
