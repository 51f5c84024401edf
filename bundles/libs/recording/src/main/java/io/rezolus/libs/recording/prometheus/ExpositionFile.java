package io.rezolus.libs.recording.prometheus;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A saved Prometheus exposition as a recording of one row, at the time the file was written. Series
 * are as a recorder would have recorded them.
 */
public final class ExpositionFile implements Recording, RecordingFile {
  private static final long BYTES_MAX = 64L << 20;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path path;
  private final Path folder;
  private final ParquetRecording converted;

  private ExpositionFile(Path path, Path folder, ParquetRecording converted) {
    this.path = path;
    this.folder = folder;
    this.converted = converted;
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it cannot be read or holds no sample; the message names it
   */
  public static ExpositionFile open(Path path) throws IOException {
    if (Files.size(path) > BYTES_MAX) {
      throw new IOException(
          path + ": " + Files.size(path) + " bytes of text; expected at most " + BYTES_MAX);
    }
    String name = path.getFileName().toString();
    PrometheusSnapshots snapshots = new PrometheusSnapshots(name, path.toUri().toString());
    long written = Files.getLastModifiedTime(path).toMillis() * NANOS_PER_MILLI;
    Snapshot snapshot = snapshots.read(Files.readAllBytes(path), written);
    if (snapshot.groups().isEmpty()) {
      throw new IOException(
          path
              + ": neither a recording nor Prometheus metrics; recordings are parquet, .rez, raw"
              + " snapshots or Prometheus text");
    }
    MsgpackBuffer buffer = new MsgpackBuffer();
    SnapshotEncoder.of(SnapshotFormat.V3).encode(snapshot, buffer);
    Path folder = Files.createTempDirectory("rezolus-text-");
    try {
      Path spool = folder.resolve("snapshot");
      Path parquet = folder.resolve("converted.parquet");
      Files.write(spool, buffer.toByteArray());
      new SpoolConverter().convert(spool, parquet, Map.of("source", name));
      Files.delete(spool);
      return new ExpositionFile(path, folder, ParquetRecording.open(parquet));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.PROMETHEUS;
  }

  @Override
  public List<Recording> recordings() {
    return List.of(this);
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public SortedMap<String, String> labels() {
    return Collections.emptySortedMap();
  }

  @Override
  public SortedMap<String, String> metadata() {
    return converted.metadata();
  }

  @Override
  public boolean complete() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return converted.tables();
  }

  @Override
  public void close() throws IOException {
    converted.close();
    remove(folder);
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
