package io.rezolus.test.agent;

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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Serves real snapshots of one counter, one gauge and one histogram as an agent does. */
public final class SnapshotServer implements AutoCloseable {
  private static final Metric CALLS =
      Metric.counter("syscall", "syscalls", "Calls.").with("op", "read");
  private static final Metric MEMORY = Metric.gauge("memory_total", "bytes", "RAM.");
  private static final Metric LATENCY =
      Metric.histogram("scheduler_runqueue_latency", "nanoseconds", "Waiting.");

  private static final long PATIENCE_NANOS = 180_000_000_000L;

  private final HttpServer server;
  private final UnaryOperator<byte[]> change;
  private final long startNanos = System.nanoTime();
  private int served;
  private volatile int answered = Integer.MAX_VALUE;
  private volatile boolean details = true;
  private final AtomicInteger unanswered = new AtomicInteger();

  public SnapshotServer(int port, UnaryOperator<byte[]> change) throws IOException {
    this.change = change;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/metrics/binary", this::snapshot);
    server.createContext(
        "/systeminfo", exchange -> detail(exchange, "{\"hostname\":\"web1\",\"cpus\":2}"));
    server.createContext(
        "/metrics/descriptions", exchange -> detail(exchange, "{\"syscall\":\"Calls.\"}"));
    server.createContext(
        "/samplers",
        exchange ->
            detail(
                exchange,
                "[{\"name\":\"syscall_counts\",\"state\":\"active\"},"
                    + "{\"name\":\"cpu_usage\",\"state\":\"failed\",\"error\":\"no BTF\"}]"));
    server.createContext(
        "/status",
        exchange -> {
          double seconds = (System.nanoTime() - startNanos) / 1e9;
          detail(exchange, "{\"uptime_seconds\":" + seconds + ",\"samplers\":[]}");
        });
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How many snapshots have been asked for. */
  public synchronized int served() {
    return served;
  }

  /** Waits until so many snapshots have been asked for. */
  public void awaitServed(int count) throws InterruptedException {
    await(() -> served() >= count, count + " snapshots");
  }

  /** Waits until so many requests have got no answer. */
  public void awaitUnanswered(int count) throws InterruptedException {
    await(() -> unanswered() >= count, count + " requests without answer");
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + ", there were " + served());
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  public static Snapshot snapshot(int n) {
    Schema.Builder schema = new Schema.Builder();
    schema.add(MetricKind.COUNTER, Member.scalar("syscall_counts", CALLS));
    schema.add(MetricKind.GAUGE, Member.scalar("memory_meminfo", MEMORY));
    schema.add(MetricKind.HISTOGRAM, Member.scalar("scheduler_runqueue", LATENCY));
    GroupData group = new GroupData("demo/main", schema.build());
    group.counter(0, n * 100L);
    group.gauge(0, 1L << 30);
    group.writeHistogram(0, 3, 64)[40] = n;
    group.window(n * 1_000_000L, n * 1_000_000L + 1000);
    return new Snapshot(
        1_700_000_000_000_000_000L + n * 1_000_000_000L,
        1000,
        Map.of("source", "rezolus", "version", "5.17.1"),
        List.of(group));
  }

  public static byte[] encode(int n) {
    MsgpackBuffer out = new MsgpackBuffer();
    SnapshotEncoder.of(SnapshotFormat.V3).encode(snapshot(n), out);
    return out.toByteArray();
  }

  /** From now on requests get no answer once there have been so many snapshots. */
  public void answerOnly(int snapshots) {
    answered = snapshots;
  }

  /** From now on requests for anything but snapshots get no answer. */
  public void answerNoDetails() {
    details = false;
  }

  /** How many requests got no answer. */
  public int unanswered() {
    return unanswered.get();
  }

  private void snapshot(HttpExchange exchange) throws IOException {
    if (served() >= answered) {
      unanswered.incrementAndGet();
      return;
    }
    answer(exchange, change.apply(next()));
  }

  private void detail(HttpExchange exchange, String json) throws IOException {
    if (!details) {
      unanswered.incrementAndGet();
      return;
    }
    answer(exchange, json.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized byte[] next() {
    served++;
    return encode(served);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
