package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotDecoderTest {
  private final SnapshotDecoder decoder = new SnapshotDecoder();

  @Test
  void reads_the_worked_example_of_version_2() throws Exception {
    DecodedSnapshot decoded = decoder.decode(WorkedExamples.V2);
    assertEquals(2, decoded.version());
    Snapshot snapshot = decoded.snapshot();
    assertEquals(1_700_000_000_000_000_250L, snapshot.systemTimeNanos());
    assertEquals(1_500_000, snapshot.durationNanos());
    GroupData windowed = snapshot.groups().get(0);
    assertEquals("24x0", windowed.schema().counters().get(0).name());
    assertEquals(300, windowed.counter(0));
    assertEquals(400, windowed.windowEndNanos() - windowed.windowBeginNanos());
    GroupData rest = snapshot.groups().get(1);
    assertFalse(rest.windowed());
    assertEquals(-40, rest.gauge(0));
    assertEquals(6, rest.histogram(0).length);
  }

  @Test
  void reads_the_worked_example_of_version_3() throws Exception {
    DecodedSnapshot decoded = decoder.decode(WorkedExamples.V3);
    assertEquals(3, decoded.version());
    assertEquals(Map.of("source", "rezolus"), decoded.snapshot().metadata());
    GroupData group = decoded.snapshot().groups().get(0);
    assertEquals("cpu_usage/percpu", group.name());
    assertEquals(7, group.counter(0));
    assertFalse(group.hasCounter(1));
    assertEquals(999000, group.windowBeginNanos());
  }

  @Test
  void reads_version_1_and_names_nameless_entries_by_their_labels() throws Exception {
    byte[] v1 =
        new MsgpackBuffer()
            .array(5)
            .time(1_000_000_000L)
            .map(0)
            .array(2)
            .array(4)
            .string("")
            .unsigned(-1)
            .strings(Map.of("metric", "hits"))
            .nil()
            .array(3)
            .string("")
            .unsigned(1)
            .strings(Map.of("metric", "misses"))
            .array(0)
            .array(0)
            .toByteArray();
    DecodedSnapshot decoded = decoder.decode(v1);
    assertEquals(1, decoded.version());
    GroupData group = decoded.snapshot().groups().get(0);
    assertEquals(-1, group.counter(0));
    assertTrue(group.schema().counters().get(0).name().startsWith("unnamed/hits#"));
    assertTrue(group.schema().counters().get(1).name().startsWith("unnamed/misses#"));
  }

  @Test
  void resolves_a_group_without_schema_from_an_earlier_snapshot() throws Exception {
    byte[] bare = withoutSchema();
    DecodedSnapshot unknown = decoder.decode(bare);
    assertEquals(List.of(), unknown.snapshot().groups());
    assertTrue(unknown.skipped().get(0).contains("without a schema"), unknown.skipped()::toString);
    GroupData first = decoder.decode(WorkedExamples.V3).snapshot().groups().get(0);
    GroupData resolved = decoder.decode(bare).snapshot().groups().get(0);
    assertSame(first.schema(), resolved.schema());
    assertEquals(7, resolved.counter(0));
  }

  @Test
  void keeps_one_schema_instance_while_the_producer_sends_the_same() throws Exception {
    assertSame(
        decoder.decode(WorkedExamples.V3).snapshot().groups().get(0).schema(),
        decoder.decode(WorkedExamples.V3).snapshot().groups().get(0).schema());
  }

  @Test
  void a_group_whose_name_names_no_sampler_is_the_main_group_of_one() throws Exception {
    byte[] bytes = WorkedExamples.V3.clone();
    int slash = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("cpu_usage/") + 9;
    bytes[slash] = '.';
    GroupData group = decoder.decode(bytes).snapshot().groups().get(0);
    assertEquals("cpu_usage.percpu/main", group.name());
    assertEquals(7, group.counter(0));
  }

  @Test
  void skips_a_group_whose_schema_does_not_match_its_hash() throws Exception {
    byte[] bytes = WorkedExamples.V3.clone();
    bytes[50]++; // inside of the hash
    DecodedSnapshot decoded = decoder.decode(bytes);
    assertEquals(List.of(), decoded.snapshot().groups());
    assertTrue(decoded.skipped().get(0).contains("hash"), decoded.skipped()::toString);
  }

  @Test
  void skips_a_group_with_too_many_values() throws Exception {
    int counters = WorkedExamples.V3.length - 5;
    byte[] bytes = Arrays.copyOf(WorkedExamples.V3, WorkedExamples.V3.length + 1);
    bytes[counters] = (byte) 0x93;
    System.arraycopy(WorkedExamples.V3, counters + 1, bytes, counters + 2, 4);
    DecodedSnapshot decoded = decoder.decode(bytes);
    assertEquals(List.of(), decoded.snapshot().groups());
    assertTrue(decoded.skipped().get(0).contains("number of values"), decoded.skipped()::toString);
  }

  @Test
  void refuses_trailing_bytes_and_wrong_arity() {
    byte[] trailing = Arrays.copyOf(WorkedExamples.V3, WorkedExamples.V3.length + 1);
    assertThrows(WireException.class, () -> decoder.decode(trailing));
    for (int elements : new int[] {0, 1, 2, 3, 7, 15}) {
      byte[] bytes = WorkedExamples.V3.clone();
      bytes[0] = (byte) (0x90 | elements);
      assertThrows(WireException.class, () -> decoder.decode(bytes));
    }
  }

  @Test
  void refuses_more_bytes_than_agreed() {
    assertThrows(
        WireException.class,
        () -> new SnapshotDecoder(WorkedExamples.V3.length - 1).decode(WorkedExamples.V3));
  }

  @Test
  void refuses_counts_the_input_cannot_hold() {
    byte[] bytes = WorkedExamples.hex("9492000092000080dd7fffffff");
    assertThrows(WireException.class, () -> decoder.decode(bytes));
  }

  @Test
  void refuses_deep_nesting() {
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 0x94);
    assertThrows(WireException.class, () -> decoder.decode(bytes));
  }

  @Test
  void says_so_wherever_a_snapshot_is_cut_off() {
    for (byte[] whole : List.of(WorkedExamples.V2, WorkedExamples.V3)) {
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThrows(WireException.class, () -> decoder.decode(part));
        if (length > 0) {
          assertThrows(
              WireException.class, () -> new SnapshotStream(new ByteArrayInputStream(part)).next());
        }
      }
    }
  }

  @Test
  void throws_nothing_else_for_damaged_and_random_bytes() {
    Random random = new Random(20240229);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = (i % 2 == 0 ? WorkedExamples.V2 : WorkedExamples.V3).clone();
      if (i % 5 == 0) {
        random.nextBytes(bytes);
        bytes[0] = (byte) (0x94 + i % 3);
      } else {
        for (int damage = 0; damage <= i % 4; damage++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      try {
        decoder.decode(bytes);
      } catch (WireException expected) {
        assertTrue(expected.getMessage().startsWith("snapshot, byte "));
      }
    }
  }

  @Test
  void reads_concatenated_snapshots_of_different_versions() throws Exception {
    byte[] both =
        Arrays.copyOf(WorkedExamples.V2, WorkedExamples.V2.length + WorkedExamples.V3.length);
    System.arraycopy(
        WorkedExamples.V3, 0, both, WorkedExamples.V2.length, WorkedExamples.V3.length);
    try (SnapshotStream stream = new SnapshotStream(new ByteArrayInputStream(both))) {
      assertEquals(2, stream.next().version());
      assertEquals(3, stream.next().version());
      assertNull(stream.next());
    }
  }

  private static byte[] withoutSchema() {
    return new MsgpackBuffer()
        .array(4)
        .time(0)
        .time(0)
        .map(0)
        .array(1)
        .array(7)
        .string("cpu_usage/percpu")
        .array(2)
        .unsigned(0x542230300954ef40L)
        .unsigned(0x6874f71931977071L)
        .nil()
        .nil()
        .array(2)
        .unsigned(7)
        .nil()
        .array(0)
        .array(0)
        .toByteArray();
  }
}
