package io.rezolus.bench.recorder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rezolus.core.api.metric.Member;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * An agent whose seconds pass with each question, so that hours are recorded in a minute: counters
 * that grow, and tasks that live for one sample.
 */
final class MadeUpAgent {
  private static final int BUCKETS_USED = 20;
  private static final int HISTOGRAMS = 5;

  private final Schema steady;
  private final long[] counters;
  private final int tasks;
  private final Random random = new Random(1);
  private final SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
  private int served;

  private MadeUpAgent(int counters, int tasks) {
    this.counters = new long[counters];
    this.tasks = tasks;
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < counters; i++) {
      schema.add(MetricKind.COUNTER, member("1x" + i, "cpu_usage", i, "nanoseconds"));
    }
    for (int i = 0; i < HISTOGRAMS; i++) {
      schema.add(MetricKind.HISTOGRAM, member("3x" + i, "latency", i, "nanoseconds"));
    }
    steady = schema.build();
  }

  /**
   * @param args port, counters, and how many new tasks each sample has
   */
  public static void main(String[] args) throws IOException {
    MadeUpAgent agent = new MadeUpAgent(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int port = Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/metrics/binary", exchange -> answer(exchange, agent.next()));
    server.createContext(
        "/served", exchange -> answer(exchange, Integer.toString(agent.served).getBytes()));
    server.start();
  }

  private byte[] next() {
    GroupData group = new GroupData("cpu/main", steady);
    for (int i = 0; i < counters.length; i++) {
      counters[i] += random.nextInt(1 << 20);
      group.counter(i, counters[i]);
    }
    for (int i = 0; i < HISTOGRAMS; i++) {
      long[] buckets = group.writeHistogram(i, 3, 64);
      for (int bucket = 0; bucket < BUCKETS_USED; bucket++) {
        buckets[60 + 7 * bucket] = (long) served * bucket + random.nextInt(bucket + 1);
      }
    }
    List<GroupData> groups = new ArrayList<>(List.of(group));
    if (tasks > 0) {
      groups.add(tasks());
    }
    long time = 1_700_000_000_000_000_000L + served++ * 1_000_000_000L;
    MsgpackBuffer out = new MsgpackBuffer();
    encoder.encode(
        new Snapshot(time, 1000, Map.of("source", "rezolus", "version", "5.17.1"), groups), out);
    return out.toByteArray();
  }

  private GroupData tasks() {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < tasks; i++) {
      int id = served * tasks + i;
      schema.add(MetricKind.COUNTER, member("7x" + id, "task_cpu_usage", id, "nanoseconds"));
    }
    GroupData group = new GroupData("task/main", schema.build());
    for (int i = 0; i < tasks; i++) {
      group.counter(i, random.nextInt(1 << 20));
    }
    return group;
  }

  private static Member member(String name, String metric, int id, String unit) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("metric", metric);
    labels.put("unit", unit);
    labels.put("sampler", metric);
    labels.put("id", Integer.toString(id));
    return new Member(name, labels);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
