package io.rezolus.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Standard input as it comes: a pipe, a file, or a terminal that cannot move its cursor. */
final class PlainLines implements CommandLines {
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final String prompt;

  /**
   * @param prompt shown before each line, on standard error; may be empty
   */
  PlainLines(String prompt) {
    this.prompt = prompt;
  }

  @Override
  public String next() throws IOException {
    System.err.print(prompt);
    System.err.flush();
    String line = input.readLine();
    if (line == null && !prompt.isEmpty()) {
      System.err.println(); // what comes next does not share the prompt's line
    }
    return line;
  }

  @Override
  public void close() {
    // standard input stays open, it is not ours
  }
}
