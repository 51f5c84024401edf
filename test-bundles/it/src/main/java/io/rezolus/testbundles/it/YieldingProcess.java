package io.rezolus.testbundles.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/** A process that calls {@code sched_yield} all the time and knows how often it did. */
final class YieldingProcess implements AutoCloseable {
  /** Starts at the first line of standard input, ends with the input, and prints its count. */
  private static final String PROGRAM =
      """
      my ($number, $count, $ready) = (shift, 0, '');
      my $line = <STDIN>;
      vec(my $input = '', fileno(STDIN), 1) = 1;
      until (select($ready = $input, undef, undef, 0.0005)) {
        for (1 .. 50) { syscall($number); $count++; }
      }
      print "$count\\n";
      """;

  private final Process process;
  private final Writer input;

  YieldingProcess() throws IOException {
    String number = System.getProperty("os.arch").equals("aarch64") ? "124" : "24";
    process =
        new ProcessBuilder("perl", "-e", PROGRAM, number)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    input = process.outputWriter();
  }

  long pid() {
    return process.pid();
  }

  void go() throws IOException {
    input.write("go\n");
    input.flush();
  }

  /** How many calls it made in all; it has ended when this returns. */
  long stop() throws IOException, InterruptedException {
    input.close();
    try (BufferedReader answer = process.inputReader()) {
      long count = Long.parseLong(answer.readLine());
      process.waitFor();
      return count;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
