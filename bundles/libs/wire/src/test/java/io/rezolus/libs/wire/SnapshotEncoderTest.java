package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotEncoderTest {

  @Test
  void writes_the_worked_example_of_version_3() {
    assertArrayEquals(
        WorkedExamples.V3, WorkedExamples.encode(SnapshotFormat.V3, WorkedExamples.v3()));
  }

  @Test
  void writes_the_worked_example_of_version_2_with_the_histogram_powers_added() throws Exception {
    Snapshot snapshot = new SnapshotDecoder().decode(WorkedExamples.V2).snapshot();
    Snapshot again =
        new SnapshotDecoder().decode(WorkedExamples.encode(SnapshotFormat.V2, snapshot)).snapshot();
    GroupData group = again.groups().get(1);
    assertEquals("unattributed/main.2", group.name());
    assertEquals(
        Map.of("metric", "lat", "grouping_power", "1", "max_value_power", "3"),
        group.schema().histograms().get(0).labels());
    assertArrayEquals(new long[] {0, 2, 0, 0, 1, 0}, group.histogram(0));
    // everything before the histogram's labels is the same, byte for byte
    int same = WorkedExamples.V2.length - 12;
    byte[] encoded = WorkedExamples.encode(SnapshotFormat.V2, snapshot);
    assertArrayEquals(
        java.util.Arrays.copyOf(WorkedExamples.V2, same), java.util.Arrays.copyOf(encoded, same));
  }

  @Test
  void leaves_out_groups_without_readings() throws Exception {
    GroupData silent = new GroupData("a/b", WorkedExamples.v3().groups().get(0).schema());
    Snapshot snapshot = new Snapshot(0, 0, Map.of(), List.of(silent));
    DecodedSnapshot decoded =
        new SnapshotDecoder().decode(WorkedExamples.encode(SnapshotFormat.V3, snapshot));
    assertEquals(List.of(), decoded.snapshot().groups());
  }

  @Test
  void leaves_unused_indices_out_of_version_2_and_keeps_scalars_of_zero() throws Exception {
    Schema.Builder schema = new Schema.Builder();
    schema.add(MetricKind.COUNTER, WorkedExamples.member("c/0", "metric", "c", "id", "0"));
    schema.add(MetricKind.COUNTER, WorkedExamples.member("s", "metric", "s"));
    schema.add(MetricKind.GAUGE, WorkedExamples.member("g/0", "metric", "g", "id", "0"));
    GroupData group = new GroupData("a/main", schema.build());
    group.counter(0, 0);
    group.counter(1, 0);
    group.gauge(0, Long.MIN_VALUE);
    Snapshot snapshot = new Snapshot(0, 0, Map.of(), List.of(group));
    List<GroupData> groups =
        new SnapshotDecoder()
            .decode(WorkedExamples.encode(SnapshotFormat.V2, snapshot))
            .snapshot()
            .groups();
    assertEquals(1, groups.size());
    assertEquals(1, groups.get(0).schema().size());
    assertEquals("s", groups.get(0).schema().counters().get(0).name());
  }

  @Test
  void notices_that_a_group_changed_its_schema() throws Exception {
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    for (int members = 1; members < 4; members++) {
      MsgpackBuffer out = new MsgpackBuffer();
      encoder.encode(snapshot(members), out);
      DecodedSnapshot decoded = new SnapshotDecoder().decode(out.toByteArray());
      assertEquals(List.of(), decoded.skipped());
      assertEquals(members, decoded.snapshot().groups().get(0).schema().counters().size());
    }
  }

  @Test
  void writes_numbers_beyond_63_bits_exactly_in_json() throws Exception {
    Snapshot snapshot = snapshot(1);
    snapshot.groups().get(0).counter(0, -1);
    StringWriter json = new StringWriter();
    new JsonSnapshotWriter(SnapshotFormat.V3).write(snapshot, json);
    assertTrue(json.toString().contains("\"counters\":[18446744073709551615]"), json::toString);
  }

  @ParameterizedTest
  @EnumSource(SnapshotFormat.class)
  void makes_as_many_objects_for_many_metrics_as_for_few(SnapshotFormat format) {
    long few = allocatedBytes(format, snapshot(10));
    long many = allocatedBytes(format, snapshot(20_000));
    assertTrue(Math.abs(many - few) < 1000, few + " bytes for 10, " + many + " for 20000");
  }

  /** Bytes one thread allocates to encode a snapshot it has encoded before. */
  private static long allocatedBytes(SnapshotFormat format, Snapshot snapshot) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SnapshotEncoder encoder = SnapshotEncoder.of(format);
    MsgpackBuffer out = new MsgpackBuffer();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      out.clear();
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      encoder.encode(snapshot, out);
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, after - before);
    }
    return least;
  }

  private static Snapshot snapshot(int members) {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < members; i++) {
      String id = Integer.toString(i);
      schema.add(MetricKind.COUNTER, WorkedExamples.member("c/" + i, "metric", "c", "id", id));
      schema.add(MetricKind.GAUGE, WorkedExamples.member("g/" + i, "metric", "g", "id", id));
      schema.add(MetricKind.HISTOGRAM, WorkedExamples.member("h/" + i, "metric", "h"));
    }
    GroupData group = new GroupData("load/main", schema.build());
    group.window(1, 2);
    for (int i = 0; i < members; i++) {
      group.counter(i, 1L << (i % 64));
      group.gauge(i, -(1L << (i % 60)));
      group.writeHistogram(i, 1, 3)[i % 6] = i;
    }
    return new Snapshot(1, 2, Map.of("source", "rezolus", "version", "1"), List.of(group));
  }
}
