package io.rezolus.test.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A child process that ends with this one, however that ends: nothing a test starts spins on. */
public final class TiedProcess implements AutoCloseable {
  /** The end of its standard input tells the shell that nobody wants the command any more. */
  private static final String UNTIL_END_OF_INPUT =
      "\"$@\" </dev/null & read -r _; kill -9 $! 2>/dev/null; wait";

  private final Process shell;
  private final BufferedReader out;

  /** Starts a command; what it prints on standard error is dropped. */
  public TiedProcess(List<String> command) throws IOException {
    List<String> tied = new ArrayList<>(List.of("sh", "-c", UNTIL_END_OF_INPUT, "sh"));
    tied.addAll(command);
    shell = new ProcessBuilder(tied).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    out = shell.inputReader();
  }

  /** The next line it prints, or null where it prints no more. */
  public String readLine() throws IOException {
    return out.readLine();
  }

  /** Kills it and waits until it is gone; an interrupt stays set. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    boolean interrupted = false;
    while (true) {
      try {
        shell.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
