package io.rezolus.libs.recording.tar;

import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.ClockOffset;
import io.rezolus.libs.recording.rez.RezBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites an archive of version 1 or 2 as one of version 3. Segments stay byte for byte what they
 * are; labels, metadata and whether a recording was ended in order are kept.
 */
public final class TarUpgrade {
  private static final int SEGMENT_BYTES_MAX = 256 << 20;

  private final Path path;
  private final TarContents contents;
  private final Map<String, TarEntry> files = new HashMap<>();

  private TarUpgrade(Path path, TarContents contents) {
    this.path = path;
    this.contents = contents;
  }

  /**
   * Upgrades an archive.
   *
   * @param output appears when it is complete; may be {@code input} itself
   * @return rows of all tables
   */
  public static long upgrade(Path input, Path output) throws IOException {
    TarUpgrade upgrade = new TarUpgrade(input, TarContents.read(input));
    try (RezBuilder archive = RezBuilder.create(output)) {
      long rows = upgrade.copy(archive);
      archive.publish();
      return rows;
    }
  }

  private long copy(RezBuilder archive) throws IOException {
    long rows = 0;
    for (Manifest.Entry entry : TarRecordings.manifest(path, contents, files).recordings()) {
      List<ClockOffset> offsets =
          entry.offsets().stream().map(pair -> new ClockOffset(pair[0], pair[1])).toList();
      long recording =
          archive.addRecording(
              entry.labels(), entry.metadata(), entry.complete(), anchor(entry), offsets);
      for (Manifest.TableEntry table : entry.tables()) {
        for (String file : table.files()) {
          rows += copy(archive, recording, table.sampler(), file);
        }
      }
    }
    return rows;
  }

  private long copy(RezBuilder archive, long recording, String sampler, String file)
      throws IOException {
    byte[] bytes = contents.bytes(files.get(file), SEGMENT_BYTES_MAX);
    Table table = ParquetRecording.open(bytes, path + ": " + file).table();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int part = 0; part < table.parts(); part++) {
      for (long time : table.timestamps(part)) {
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
    }
    if (table.rows() > 0) {
      archive.addSegment(recording, sampler, bytes, table.rows(), first, last);
    }
    return table.rows();
  }

  /** Archives of version 1 do not say when a recording began: with its first row. */
  private long anchor(Manifest.Entry entry) throws IOException {
    if (entry.anchor() != null) {
      return entry.anchor();
    }
    long first = Long.MAX_VALUE;
    for (Manifest.TableEntry table : entry.tables()) {
      for (String file : table.files()) {
        TarEntry in = files.get(file);
        Table segment =
            ParquetRecording.open(path, in.offset(), in.length(), path + ": " + file).table();
        for (int part = 0; part < segment.parts(); part++) {
          for (long time : segment.timestamps(part)) {
            first = Math.min(first, time);
          }
        }
      }
    }
    return first == Long.MAX_VALUE ? 0 : first;
  }
}
