package io.rezolus.launcher;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code rezolus shell [command...]}: sends lines to the agent's shell and prints the answers.
 *
 * <p>A request is one line. The answer is the command's output, a zero byte and the digit 0 where
 * the command succeeded, 1 where it failed; the output of a failed command is its error.
 */
final class ShellClient implements AutoCloseable {
  private static final String HELP =
      """
      Usage: rezolus shell [COMMAND...]

      Runs a command inside the agent of this machine, or reads commands line by line
      when none is given.

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

  private final SocketChannel channel;
  private final InputStream answers;

  private ShellClient(SocketChannel channel) {
    this.channel = channel;
    this.answers = new BufferedInputStream(Channels.newInputStream(channel));
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
    try (ShellClient client = connect(socket)) {
      return words.isEmpty() ? client.converse() : client.execute(String.join(" ", words));
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.FAILURE, socket + ": connection lost: " + e.getMessage());
    }
  }

  private static ShellClient connect(Path socket) throws LaunchException {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new ShellClient(channel);
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.FAILURE,
          socket
              + ": no agent's shell answers here ("
              + e.getMessage()
              + "); start one with: rezolus config/agent.toml");
    }
  }

  private int converse() throws IOException {
    boolean terminal = System.console() != null;
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int status = 0;
    while (true) {
      if (terminal) {
        System.err.print("rezolus> ");
        System.err.flush();
      }
      String line = input.readLine();
      if (line == null || line.strip().equals("exit") || line.strip().equals("quit")) {
        return status;
      }
      if (!line.isBlank()) {
        status = execute(line);
      }
    }
  }

  private int execute(String line) throws IOException {
    ByteBuffer request = StandardCharsets.UTF_8.encode(line.replace('\n', ' ') + '\n');
    while (request.hasRemaining()) {
      channel.write(request);
    }
    var text = new java.io.ByteArrayOutputStream();
    int b;
    while ((b = answers.read()) > 0) {
      text.write(b);
      if (b == '\n' && answers.available() == 0) {
        System.out.write(text.toByteArray());
        text.reset();
      }
    }
    int status = b < 0 ? 1 : answers.read() == '0' ? 0 : 1;
    PrintStream stream = status == 0 ? System.out : System.err;
    stream.write(text.toByteArray());
    stream.flush();
    return status;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
