package io.rezolus.outputs.recorder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves what an agent does, and may be another process from one request to the next, or have one
 * more sampler.
 */
final class ChangingAgent implements AutoCloseable {
  private static final Metric BYTES = Metric.counter("extra", "bytes", "More.");

  private final HttpServer server;
  private long startNanos = System.nanoTime();
  private int number;
  private int kernel = 1;
  private boolean more;
  private long delayMillis;
  private final Map<Integer, Long> times = new ConcurrentHashMap<>();

  ChangingAgent() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics/binary", this::answerSlowly);
    server.createContext("/systeminfo", exchange -> answer(exchange, systemInfo()));
    server.createContext("/metrics/descriptions", exchange -> answer(exchange, descriptions()));
    server.createContext("/samplers", exchange -> answer(exchange, text("[]")));
    server.createContext("/status", exchange -> answer(exchange, status()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How many snapshots the present process has served. */
  synchronized int served() {
    return number;
  }

  /** Is another process from now on, of another kernel. */
  synchronized void restart() {
    startNanos = System.nanoTime();
    number = 0;
    kernel++;
  }

  /** Has one more sampler from now on. */
  synchronized void enable() {
    more = true;
  }

  /** Takes so long for every answer from now on. */
  synchronized void slowDown(long millis) {
    delayMillis = millis;
  }

  /** Wall clock in nanoseconds when the n-th reading began, by n. */
  Map<Integer, Long> times() {
    return times;
  }

  private void answerSlowly(HttpExchange exchange) throws IOException {
    byte[] body = snapshot();
    try {
      Thread.sleep(delay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, body);
  }

  private synchronized long delay() {
    return delayMillis;
  }

  private synchronized byte[] snapshot() {
    Snapshot snapshot = SnapshotServer.snapshot(++number);
    List<GroupData> groups = new ArrayList<>(snapshot.groups());
    if (more) {
      Schema.Builder schema = new Schema.Builder();
      schema.add(MetricKind.COUNTER, Member.scalar("extra", BYTES));
      GroupData group = new GroupData("extra/main", schema.build());
      group.counter(0, number);
      groups.add(group);
    }
    long time = System.currentTimeMillis() * 1_000_000;
    times.put(number, time);
    MsgpackBuffer out = new MsgpackBuffer();
    SnapshotEncoder.of(SnapshotFormat.V3)
        .encode(new Snapshot(time, snapshot.durationNanos(), snapshot.metadata(), groups), out);
    return out.toByteArray();
  }

  private synchronized byte[] systemInfo() {
    return text("{\"hostname\":\"web1\",\"kernel\":" + kernel + "}");
  }

  private synchronized byte[] descriptions() {
    return text(more ? "{\"extra\":\"More.\"}" : "{\"syscall\":\"Calls.\"}");
  }

  private synchronized byte[] status() {
    return text("{\"uptime_seconds\":" + (System.nanoTime() - startNanos) / 1e9 + "}");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
