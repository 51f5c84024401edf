package io.rezolus.analysis.queryhttp;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Whether the client of a request still waits. A server that only computes does not notice that the
 * other side has hung up, so the kernel is asked for the state of the connection, a few times a
 * second.
 */
final class ClientConnection implements BooleanSupplier {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));
  private static final String ESTABLISHED = "01";
  private static final long PERIOD_NANOS = 250_000_000;

  private final int localPort;
  private final int remotePort;
  private long next = System.nanoTime() + PERIOD_NANOS;
  private boolean gone;

  ClientConnection(HttpServletRequest request) {
    this(request.getLocalPort(), request.getRemotePort());
  }

  ClientConnection(int localPort, int remotePort) {
    this.localPort = localPort;
    this.remotePort = remotePort;
  }

  /** True once the client has closed its side. Cheap enough to be asked all the time. */
  @Override
  public synchronized boolean getAsBoolean() {
    if (!gone && System.nanoTime() - next > 0) {
      gone = closed();
      next = System.nanoTime() + PERIOD_NANOS;
    }
    return gone;
  }

  private boolean closed() {
    String local = String.format(Locale.ROOT, ":%04X ", localPort);
    String remote = String.format(Locale.ROOT, ":%04X ", remotePort);
    boolean readable = false;
    for (Path table : TABLES) {
      try (BufferedReader lines = Files.newBufferedReader(table)) {
        readable = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          // sl local remote state; the addresses may differ in form, the pair of ports says enough
          int second = line.indexOf(local);
          int third = second < 0 ? -1 : line.indexOf(remote, second + local.length());
          if (third >= 0 && line.startsWith(ESTABLISHED, third + remote.length())) {
            return false;
          }
        }
      } catch (IOException e) {
        continue; // a kernel without IPv6, or no /proc at all
      }
    }
    return readable;
  }
}
