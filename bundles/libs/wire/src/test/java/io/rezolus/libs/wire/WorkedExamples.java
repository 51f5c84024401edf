package io.rezolus.libs.wire;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two small snapshots, as objects and as bytes that were worked out by hand. */
final class WorkedExamples {
  static final byte[] V2 =
      hex(
          """
          96 92 ce 65 53 f1 00 cc fa 92 00 ce 00 16 e3 60
          81 a6 73 6f 75 72 63 65 a7 72 65 7a 6f 6c 75 73
          91 94 a4 32 34 78 30 cd 01 2c
          81 a6 6d 65 74 72 69 63 a9 63 70 75 5f 75 73 61 67 65
          92 cf 17 97 9c fe 36 2a 00 00 cf 17 97 9c fe 36 2a 01 90
          91 93 a1 37 d0 d8 81 a6 6d 65 74 72 69 63 a4 74 65 6d 70
          91 93 a1 39 92 98 07 01 03 02 04 04 02 02 96 00 02 00 00 01 00
          81 a6 6d 65 74 72 69 63 a3 6c 61 74
          """);

  static final byte[] V3 =
      hex(
          """
          94 92 cd 03 e8 00 92 00 ce 00 98 96 80
          81 a6 73 6f 75 72 63 65 a7 72 65 7a 6f 6c 75 73
          91 97 b0 63 70 75 5f 75 73 61 67 65 2f 70 65 72 63 70 75
          92 cf 54 22 30 30 09 54 ef 40 cf 68 74 f7 19 31 97 70 71
          93 92 92 a1 30 81 a6 6d 65 74 72 69 63 aa 63 70 75 5f 63 79 63 6c 65 73
          92 a1 31 81 a6 6d 65 74 72 69 63 b0 63 70 75 5f 69 6e 73 74 72 75 63 74 69 6f 6e 73
          90 90
          92 ce 00 0f 3e 58 ce 00 0f 3f e8
          92 07 c0 90 90
          """);

  private WorkedExamples() {}

  static Snapshot v3() {
    Schema.Builder schema = new Schema.Builder();
    schema.add(MetricKind.COUNTER, member("0", "metric", "cpu_cycles"));
    schema.add(MetricKind.COUNTER, member("1", "metric", "cpu_instructions"));
    GroupData group = new GroupData("cpu_usage/percpu", schema.build());
    group.window(999000, 999400);
    group.counter(0, 7);
    return new Snapshot(1000_000_000_000L, 10_000_000, Map.of("source", "rezolus"), List.of(group));
  }

  static Member member(String name, String... labels) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new Member(name, map);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  static byte[] encode(SnapshotFormat format, Snapshot snapshot) {
    MsgpackBuffer out = new MsgpackBuffer();
    SnapshotEncoder.of(format).encode(snapshot, out);
    return out.toByteArray();
  }
}
