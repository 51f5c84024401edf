package io.rezolus.test.modes;

import io.rezolus.launcher.CommandServer;
import io.rezolus.test.agent.Leash;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of one mode of the distribution in one process, for tests that run them thousands of
 * times. It has little memory, and ends where that is not enough.
 */
final class CommandProcess implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final Process process;
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private CommandProcess(Process process, Socket socket) throws IOException {
    this.process = process;
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /**
   * Starts the mode of a command.
   *
   * @param temporary folder for temporary files
   */
  static CommandProcess start(String command, Path temporary) throws IOException {
    return start(command, temporary, List.of());
  }

  /**
   * The same through another command.
   *
   * @param through what runs the command line that follows it
   */
  static CommandProcess start(String command, Path temporary, List<String> through)
      throws IOException {
    Path home = Path.of(System.getProperty("rezolus.distribution"));
    Path classes =
        Path.of(CommandServer.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Files.createDirectories(temporary);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      List<String> line = new ArrayList<>(through);
      line.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-Xss1m",
              "-XX:+UseSerialGC",
              "-XX:+ExitOnOutOfMemoryError",
              "--add-opens=java.base/java.nio=ALL-UNNAMED",
              "-Djava.io.tmpdir=" + temporary,
              "-Drezolus.home=" + home,
              "-cp",
              home.resolve("lib") + "/*:" + classes,
              CommandServer.class.getName(),
              Integer.toString(server.getLocalPort()),
              command));
      Process process =
          new ProcessBuilder(Leash.on(line))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Socket socket = server.accept();
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new CommandProcess(process, socket);
    }
  }

  /**
   * How a command ended.
   *
   * @param answers of a server that came up, one line each
   */
  record Outcome(int status, String err, String answers) {}

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it does not come to one; the process is then of no further use
   */
  Outcome run(String... arguments) throws IOException {
    try {
      out.writeInt(arguments.length);
      for (String argument : arguments) {
        out.writeUTF(argument);
      }
      out.flush();
      int status = in.readInt();
      return new Outcome(status, text(), text());
    } catch (SocketTimeoutException e) {
      throw new IOException("does not end: " + String.join(" ", arguments), e);
    } catch (EOFException | SocketException e) {
      throw new IOException("died or ran out of memory: " + String.join(" ", arguments), e);
    }
  }

  private String text() throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /** The most memory the process has had, heap and everything else. */
  long peakMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
  }
}
