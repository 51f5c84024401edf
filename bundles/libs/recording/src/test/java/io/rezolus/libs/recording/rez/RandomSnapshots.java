package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Snapshots of random groups whose members come and go. */
final class RandomSnapshots {
  static final long START = 1_700_000_000_000_000_000L;
  private static final long[] EXTREMES = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 127, 128, 255, 256, 65535, 65536, -24, -33, 1L << 32
  };
  private static final int[][] CONFIGS = {{3, 64}, {1, 3}, {7, 15}, {0, 64}};

  private final Random random;
  private final Schema[] schemas = new Schema[4];

  RandomSnapshots(Random random) {
    this.random = random;
  }

  Snapshot next(long ts) {
    List<GroupData> groups = new ArrayList<>();
    for (int i = 0; i < schemas.length; i++) {
      if (schemas[i] == null || random.nextInt(10) == 0) {
        schemas[i] = schema(i);
      }
      if (random.nextInt(8) != 0) {
        groups.add(group(i, ts));
      }
    }
    return new Snapshot(ts, 1000, Map.of("source", "random"), groups);
  }

  private Schema schema(int group) {
    Schema.Builder builder = new Schema.Builder();
    for (MetricKind kind : MetricKind.values()) {
      for (int i = 0; i < 6; i++) {
        if (random.nextBoolean()) {
          builder.add(kind, member(group, kind, i));
        }
      }
    }
    return builder.build();
  }

  private static Member member(int group, MetricKind kind, int i) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("metric", kind + "_" + i + " \u00e4\ud83d\ude00");
    labels.put("sampler", "s" + group);
    labels.put("id", Integer.toString(i));
    return new Member(kind + "/" + group + "/" + i, labels);
  }

  private GroupData group(int number, long ts) {
    GroupData group =
        new GroupData("s" + number + (number == 3 ? "/other" : "/main"), schemas[number]);
    if (random.nextInt(6) != 0) {
      long begin = ts - 500 + random.nextInt(1000);
      group.window(begin, begin + random.nextInt(200));
    }
    for (int i = 0; i < group.schema().counters().size(); i++) {
      if (random.nextInt(4) != 0) {
        group.counter(i, value());
      }
    }
    for (int i = 0; i < group.schema().gauges().size(); i++) {
      if (random.nextInt(4) != 0) {
        group.gauge(i, value());
      }
    }
    for (int i = 0; i < group.schema().histograms().size(); i++) {
      if (random.nextInt(4) != 0) {
        // one configuration for each member: the column has but one
        Member member = group.schema().histograms().get(i);
        int[] config = CONFIGS[Math.floorMod(member.name().hashCode(), CONFIGS.length)];
        long[] buckets = group.writeHistogram(i, config[0], config[1]);
        Arrays.fill(buckets, 0);
        for (int k = 0; k < 10; k++) {
          buckets[random.nextInt(buckets.length)] = value();
        }
      }
    }
    return group;
  }

  private long value() {
    return random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
  }
}
