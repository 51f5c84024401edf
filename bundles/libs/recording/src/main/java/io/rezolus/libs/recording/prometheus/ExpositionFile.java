package io.rezolus.libs.recording.prometheus;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.parquet.ConvertedRecording;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens a saved Prometheus exposition as a recording: a row for each time its samples state, and
 * one at the time the file was written for those that state none. Series are as a recorder would
 * have recorded them.
 */
public final class ExpositionFile {
  private static final long BYTES_MAX = 64L << 20;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ExpositionFile() {}

  /**
   * Reads the file.
   *
   * @throws IOException when it cannot be read or holds no sample; the message names it
   */
  public static ConvertedRecording open(Path path) throws IOException {
    if (Files.size(path) > BYTES_MAX) {
      throw new IOException(
          path + ": " + Files.size(path) + " bytes of text; expected at most " + BYTES_MAX);
    }
    String name = path.getFileName().toString();
    PrometheusSnapshots snapshots = new PrometheusSnapshots(name, path.toUri().toString());
    long written = Files.getLastModifiedTime(path).toMillis() * NANOS_PER_MILLI;
    byte[] text = Files.readAllBytes(path);
    Snapshot snapshot = snapshots.read(text, written);
    if (snapshot.groups().isEmpty()) {
      throw new IOException(
          path
              + ": neither a recording nor Prometheus metrics; recordings are parquet, .rez, raw"
              + " snapshots or Prometheus text");
    }
    byte[] rows = rows(snapshot);
    List<String> missing = new ArrayList<>();
    if (snapshots.unreadableLines() > 0) {
      missing.add(
          path + ": lines that are no samples and are left out: " + snapshots.unreadableLines());
    }
    if (text[text.length - 1] != '\n') {
      missing.add(path + ": its last line has no end: it may be cut off");
    }
    return ConvertedRecording.of(
        path,
        RecordingFormat.PROMETHEUS,
        (folder, parquet) -> {
          Path spool = folder.resolve("snapshots");
          Files.write(spool, rows);
          new SpoolConverter().convert(spool, parquet, Map.of("source", name));
          return missing;
        });
  }

  /** Snapshots one after another, one for each time. */
  private static byte[] rows(Snapshot snapshot) {
    Map<Long, GroupData> byTime = new TreeMap<>();
    for (GroupData group : snapshot.groups()) {
      byTime.put(group.windowBeginNanos(), group);
    }
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    MsgpackBuffer buffer = new MsgpackBuffer();
    byTime.forEach(
        (time, group) ->
            encoder.encode(new Snapshot(time, 0, snapshot.metadata(), List.of(group)), buffer));
    return buffer.toByteArray();
  }
}
