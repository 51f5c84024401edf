package io.rezolus.bench.recorder;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Snapshots of a made-up agent, a second apart: counters and histograms that grow, and tasks that
 * live for one sample. All but the tasks is encoded once; then its numbers, which have the same
 * length for ever, are changed where they are, so that a snapshot costs next to nothing.
 */
final class MadeUpSnapshots {
  private static final int BUCKETS_USED = 20;
  private static final int HISTOGRAMS = 5;
  private static final long START_SECONDS = 1_700_000_000L;

  /** Numbers from here on take a byte and these eight. */
  private static final long START_VALUE = 1L << 40;

  private final SplittableRandom random = new SplittableRandom(1);
  private final SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
  private final int tasks;
  private final ByteBuffer steady;
  // where what changes is
  private final int seconds;
  private final int groups;
  private final int[] numbers;
  private int made;

  /**
   * @param counters counters of the steady part
   * @param tasks how many new tasks each snapshot has
   */
  MadeUpSnapshots(int counters, int tasks) {
    this.tasks = tasks;
    steady = ByteBuffer.wrap(encode(List.of(steady(counters))));
    groups = encode(List.of()).length - 1;
    seconds = position(0, (byte) 0xce, Integer.BYTES, START_SECONDS);
    numbers = new int[counters + HISTOGRAMS * BUCKETS_USED];
    int at = groups;
    for (int i = 0; i < numbers.length; i++) {
      at = position(at, (byte) 0xcf, Long.BYTES, START_VALUE + i);
      numbers[i] = at;
    }
  }

  /** The next one. */
  byte[] next() {
    steady.putInt(seconds, (int) (START_SECONDS + made));
    for (int at : numbers) {
      steady.putLong(at, steady.getLong(at) + random.nextInt(1 << 20));
    }
    byte[] snapshot = steady.array().clone();
    if (tasks > 0) {
      byte[] more = encode(List.of(tasks()));
      snapshot[groups]++;
      int head = groups + 1;
      int length = snapshot.length;
      snapshot = Arrays.copyOf(snapshot, length + more.length - head);
      System.arraycopy(more, head, snapshot, length, more.length - head);
    }
    made++;
    return snapshot;
  }

  private byte[] encode(List<GroupData> groups) {
    MsgpackBuffer out = new MsgpackBuffer();
    Map<String, String> metadata = Map.of("source", "rezolus");
    encoder.encode(new Snapshot(START_SECONDS * 1_000_000_000, 1000, metadata, groups), out);
    return out.toByteArray();
  }

  /** Counters, then buckets, each of another value. */
  private static GroupData steady(int counters) {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < counters; i++) {
      schema.add(MetricKind.COUNTER, member("1x" + i, "cpu_usage", i));
    }
    for (int i = 0; i < HISTOGRAMS; i++) {
      schema.add(MetricKind.HISTOGRAM, member("3x" + i, "latency", i));
    }
    GroupData group = new GroupData("cpu/main", schema.build());
    for (int i = 0; i < counters; i++) {
      group.counter(i, START_VALUE + i);
    }
    long value = START_VALUE + counters;
    for (int i = 0; i < HISTOGRAMS; i++) {
      long[] buckets = group.writeHistogram(i, 3, 64);
      for (int bucket = 0; bucket < BUCKETS_USED; bucket++) {
        buckets[60 + 7 * bucket] = value++;
      }
    }
    return group;
  }

  private GroupData tasks() {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < tasks; i++) {
      int id = made * tasks + i;
      schema.add(MetricKind.COUNTER, member("7x" + id, "task_cpu_usage", id));
    }
    GroupData group = new GroupData("task/main", schema.build());
    for (int i = 0; i < tasks; i++) {
      group.counter(i, random.nextInt(1 << 20));
    }
    return group;
  }

  private static Member member(String name, String metric, int id) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("metric", metric);
    labels.put("unit", "nanoseconds");
    labels.put("sampler", metric);
    labels.put("id", Integer.toString(id));
    return new Member(name, labels);
  }

  /** Where a number of that width is, from there on. */
  private int position(int from, byte marker, int width, long value) {
    for (int at = from; at + width < steady.capacity(); at++) {
      if (steady.get(at) == marker
          && value == (width == Integer.BYTES ? steady.getInt(at + 1) : steady.getLong(at + 1))) {
        return at + 1;
      }
    }
    throw new IllegalStateException("the encoder writes " + value + " in another way");
  }
}
