package io.rezolus.test.agent;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to its connections what no web server would. */
public final class RawServer implements AutoCloseable {
  private static final int CONNECT_MILLIS = 300;

  private final ServerSocket server;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(ServerSocket server) {
    this.server = server;
    open.add(server);
  }

  /** Does the same with every connection, which is closed afterwards. */
  public static RawServer each(Conversation conversation) throws IOException {
    RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    server.thread(
        () -> {
          while (true) {
            Socket socket = server.server.accept();
            server.open.add(socket);
            server.connections.incrementAndGet();
            server.thread(
                () -> {
                  try (socket) {
                    conversation.talk(socket);
                  }
                });
          }
        });
    return server;
  }

  /** Says the same in answer to every request. */
  public static RawServer answering(String text) throws IOException {
    return each(
        socket -> {
          request(socket);
          socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        });
  }

  /** Says something, and then nothing more while the connection stays open. */
  public static RawServer silentAfter(String text) throws IOException {
    return each(
        socket -> {
          socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  /** Sends one piece after another of something that has no end. */
  public static RawServer endless(String begin, String piece, int pauseMillis) throws IOException {
    return each(
        socket -> {
          request(socket);
          socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
          while (true) {
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
            Thread.sleep(pauseMillis);
          }
        });
  }

  /** Lets nobody connect, for too many wait for that already. */
  public static RawServer full() throws IOException {
    RawServer server = new RawServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    try {
      while (true) {
        Socket waiting = new Socket();
        server.open.add(waiting);
        waiting.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), CONNECT_MILLIS);
      }
    } catch (SocketTimeoutException e) {
      return server;
    }
  }

  /** Reads what is asked. */
  public static void request(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections there have been. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }

  private void thread(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                return; // the other side, or the end of the test, has closed it
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is done with a connection. */
  public interface Conversation {
    void talk(Socket socket) throws IOException, InterruptedException;
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }
}
