package io.rezolus.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code rezolus shell [command...]}: sends lines to the agent's shell and prints the answers. */
final class ShellClient {
  private static final String HELP =
      """
      Usage: rezolus shell [COMMAND...]

      Runs a command inside the agent of this machine, or reads commands line by line
      when none is given. At a terminal: Tab completes commands, samplers and metrics,
      the arrow keys recall earlier lines, Ctrl-C drops the line, Ctrl-D leaves.

      EXAMPLES
        rezolus shell rezolus:samplers
        rezolus shell rezolus:why cpu_usage
        rezolus shell rezolus:disable syscall_latency
        rezolus shell "lb | grep rezolus"

      Commands: rezolus:samplers, rezolus:sampler NAME, rezolus:why NAME,
      rezolus:metrics [GLOB], rezolus:cost, rezolus:enable NAME, rezolus:disable NAME,
      and those of the framework: lb, start, stop, install, update, uninstall, headers, help.
      REZOLUS_SHELL_SOCKET names another socket than the default.
      """;

  private static final String PROMPT = "rezolus> ";

  private final ShellConnection connection;

  private ShellClient(ShellConnection connection) {
    this.connection = connection;
  }

  /**
   * @param words the command; empty to read commands from standard input
   * @return exit status: 1 where the last command failed
   */
  static int run(List<String> words) throws LaunchException {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
      return 0;
    }
    Path socket = ShellSocket.path();
    try (ShellConnection connection = connect(socket)) {
      ShellClient client = new ShellClient(connection);
      return words.isEmpty() ? client.converse() : client.execute(String.join(" ", words));
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.FAILURE, socket + ": connection lost: " + e.getMessage());
    }
  }

  private static ShellConnection connect(Path socket) throws LaunchException {
    try {
      return ShellConnection.open(socket);
    } catch (IOException e) {
      if ("Permission denied".equals(e.getMessage())) {
        throw new LaunchException(
            LaunchException.FAILURE,
            socket
                + ": belongs to another user; run as the user whose agent it is, "
                + "or name another with REZOLUS_SHELL_SOCKET");
      }
      throw new LaunchException(
          LaunchException.FAILURE,
          socket
              + ": no agent's shell answers here ("
              + e.getMessage()
              + "); start one with: rezolus config/agent.toml");
    }
  }

  private int converse() throws IOException {
    int status = 0;
    try (CommandLines lines = lines()) {
      String line;
      while ((line = lines.next()) != null) {
        String command = line.strip();
        if (command.equals("exit") || command.equals("quit")) {
          return status;
        }
        if (!command.isEmpty()) {
          status = execute(line);
        }
      }
    }
    return status;
  }

  private CommandLines lines() {
    if (System.console() == null) {
      return new PlainLines("");
    }
    String type = System.getenv("TERM");
    if (type == null || type.isEmpty() || type.equals("dumb")) {
      return new PlainLines(PROMPT);
    }
    try {
      return EditedLines.open(connection, PROMPT);
    } catch (IOException e) {
      return new PlainLines(PROMPT); // a terminal all the same
    }
  }

  private int execute(String line) throws IOException {
    ShellConnection.Answer answer = connection.ask(line, System.out);
    PrintStream stream = answer.succeeded() ? System.out : System.err;
    stream.write(answer.text());
    stream.flush();
    return answer.succeeded() ? 0 : 1;
  }
}
