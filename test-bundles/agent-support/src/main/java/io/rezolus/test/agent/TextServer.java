package io.rezolus.test.agent;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Serves a text under {@code /metrics}, which may differ from request to request. */
public final class TextServer implements AutoCloseable {
  private final HttpServer server;
  private int served;

  /**
   * @param text body of the n-th answer, n counting from 1
   */
  public TextServer(IntFunction<String> text) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/metrics",
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals("/metrics")) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
          }
          byte[] body = text.apply(next()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private synchronized int next() {
    return ++served;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
