package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** Archives for tests to do something with. */
final class Recordings {
  static final long START = RandomSnapshots.START;
  static final long TICK = 1_000_000L;

  private final RandomSnapshots snapshots;
  private final Expected expected = new Expected();
  private final RezWriter writer;
  private int ticks;

  Recordings(Path path, long seed, int segmentRows) throws IOException {
    snapshots = new RandomSnapshots(new Random(seed));
    writer =
        RezWriter.create(
            path,
            Map.of("source", "random", "host", "h" + seed),
            Map.of("sampling_interval_ms", "1"),
            RezWriterOptions.standard(START).withSegmentRows(segmentRows));
  }

  RezWriter writer() {
    return writer;
  }

  Expected expected() {
    return expected;
  }

  /** Appends snapshots and seals what is due. */
  Recordings append(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      long ts = START + ++ticks * TICK;
      Snapshot snapshot = snapshots.next(ts);
      writer.append(snapshot, ts, 5);
      RezRoundTripTest.addGroups(expected, snapshot, ts, 5);
      writer.sealDue();
    }
    return this;
  }

  /** The file and its log as a kill in this moment leaves them, without the index of the log. */
  static Path killed(Path path, Path target) throws IOException {
    Files.createDirectories(target);
    Path copy = target.resolve(path.getFileName());
    Files.copy(path, copy);
    if (Files.exists(SideFiles.wal(path))) {
      Files.copy(SideFiles.wal(path), SideFiles.wal(copy));
    }
    return copy;
  }
}
