package io.rezolus.bench.recorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An agent whose seconds pass with each question, so that hours are recorded in a minute. It also
 * ends the recorder, as asking for it from a shell would cost more than what is measured.
 */
final class MadeUpAgent {
  private final MadeUpSnapshots snapshots;
  private int served;

  private MadeUpAgent(MadeUpSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * Says its port and serves.
   *
   * @param args counters, and how many new tasks each sample has
   */
  public static void main(String[] args) throws IOException {
    MadeUpAgent agent =
        new MadeUpAgent(new MadeUpSnapshots(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      while (true) {
        Socket connection = server.accept();
        new Thread(() -> agent.serve(connection)).start();
      }
    }
  }

  private void serve(Socket socket) {
    try (Socket connection = socket) {
      connection.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = connection.getOutputStream();
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        while (!in.readLine().isEmpty()) {
          // headers say nothing here
        }
        byte[] body = answer(request.split(" ")[1].split("\\?|&"));
        String head =
            "HTTP/1.1 " + (body == null ? "404 Not Found" : "200 OK") + "\r\nContent-Length: ";
        int length = body == null ? 0 : body.length;
        byte[] headers = (head + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(headers, headers.length + length);
        if (body != null) {
          System.arraycopy(body, 0, all, headers.length, length);
        }
        out.write(all);
      }
    } catch (IOException e) {
      // the recorder has gone
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts here", e);
    }
  }

  /**
   * @return null where there is nothing
   */
  private byte[] answer(String... path) throws IOException, InterruptedException {
    switch (path[0]) {
      case "/metrics/binary":
        return next();
      case "/served":
        // answers when so many snapshots have been
        await(Integer.parseInt(path[1]));
        return new byte[0];
      case "/end":
        // PID&FILE
        String figures = Ending.of(Long.parseLong(path[1]), Path.of(path[2])).toString();
        return figures.getBytes(StandardCharsets.UTF_8);
      default:
        return null;
    }
  }

  private synchronized byte[] next() {
    served++;
    notifyAll();
    return snapshots.next();
  }

  private synchronized void await(int count) throws InterruptedException {
    while (served < count) {
      wait();
    }
  }
}
