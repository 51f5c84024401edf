package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RezRoundTripTest {
  private static final long START = RandomSnapshots.START;
  private static final int TICKS = 80;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void gives_back_every_value_of_groups_while_written_and_afterwards(long seed) throws Exception {
    Random random = new Random(seed);
    Path path = folder.resolve("a.rez");
    Expected expected = new Expected();
    RandomSnapshots snapshots = new RandomSnapshots(random);
    RezWriter writer = create(path, 4 + random.nextInt(40));
    for (int tick = 0; tick < TICKS; tick++) {
      long ts = START + tick * 1_000_000L;
      Snapshot snapshot = snapshots.next(ts);
      writer.append(snapshot, ts, tick - 50);
      addGroups(expected, snapshot, ts, tick - 50);
      if (random.nextInt(4) == 0) {
        writer.sealDue();
      }
      if (tick % 40 == 7) {
        expect(expected, path, false);
      }
      if (tick % 50 == 33) {
        writer.close();
        expect(expected, path, false);
        writer = RezWriter.adopt(path, options(4 + random.nextInt(40)));
        assertEquals(ts, writer.newestTs());
      }
    }
    writer.finish();
    expect(expected, path, true);
    assertFalse(Files.exists(SideFiles.wal(path)));
    assertFalse(Files.exists(SideFiles.shm(path)));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void gives_back_every_value_of_entries_with_windows_of_their_own(long seed) throws Exception {
    Random random = new Random(seed);
    Path path = folder.resolve("a.rez");
    Expected expected = new Expected();
    RandomSnapshots snapshots = new RandomSnapshots(random);
    RezWriter writer = create(path, 25);
    long evicted = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      long ts = START + tick * 1_000_000L;
      Snapshot snapshot = snapshots.next(ts);
      writer.appendEntries(snapshot, ts, 0);
      for (GroupData group : snapshot.groups()) {
        if (group.hasReadings()) {
          expected.add(group.name().substring(0, 2), ts, 0, group);
        }
      }
      if (random.nextInt(4) == 0) {
        writer.sealDue();
      }
      if (seed % 2 == 0 && tick > 10 && tick < 20) {
        evicted = ts - 5_000_000L;
        writer.evict(evicted);
      }
    }
    expected.evict(evicted);
    expect(expected, path, false);
    writer.finish();
    expect(expected, path, true);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void a_buffer_shorter_than_a_segment_keeps_names_and_labels(long seed) throws Exception {
    Random random = new Random(seed);
    Path path = folder.resolve("a.rez");
    Expected expected = new Expected();
    RandomSnapshots snapshots = new RandomSnapshots(random);
    try (RezWriter writer = create(path, 900)) {
      for (int tick = 0; tick < TICKS; tick++) {
        long ts = START + tick * 1_000_000L;
        Snapshot snapshot = snapshots.next(ts);
        writer.append(snapshot, ts, 0);
        addGroups(expected, snapshot, ts, 0);
        writer.sealDue();
        writer.evict(ts - 7_000_000L);
        expected.evict(ts - 7_000_000L);
        if (tick % 20 == 19) {
          expect(expected, path, false);
          RezDump.range(path, folder.resolve("part.rez"), 0, Long.MAX_VALUE);
          expect(expected, folder.resolve("part.rez"), true);
          RezDump.everything(path, folder.resolve("all.rez"));
          expect(expected, folder.resolve("all.rez"), true);
        }
      }
      assertEquals(START, writer.status().beganTs());
      assertTrue(writer.status().oldestTs() >= START + (TICKS - 8) * 1_000_000L);
    }
  }

  static void addGroups(Expected expected, Snapshot snapshot, long ts, long offset) {
    for (GroupData group : snapshot.groups()) {
      if (group.hasReadings()) {
        expected.add(group.name(), ts, offset, group);
      }
    }
  }

  static void expect(Expected expected, Path path, boolean complete) throws IOException {
    try (RezFile file = RezFile.open(path)) {
      assertEquals(complete, file.recordings().get(0).complete());
      expected.expect(file.recordings().get(0));
    }
  }

  private static RezWriter create(Path path, int segmentRows) throws IOException {
    return RezWriter.create(path, Map.of("source", "random"), Map.of(), options(segmentRows));
  }

  private static RezWriterOptions options(int segmentRows) {
    return RezWriterOptions.standard(START - 1).withSegmentRows(segmentRows);
  }
}
