package io.rezolus.libs.recording.tar;

import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes an archive of version 3 from one of version 1 or 2. Segments stay as they are. */
public final class TarUpgrade {
  private static final int SEGMENT_BYTES_MAX = 256 << 20;

  private TarUpgrade() {}

  /**
   * Takes everything over.
   *
   * @param target may be {@code source}; appears when it is complete
   * @return rows of all tables
   */
  public static long upgrade(Path source, Path target) throws IOException {
    return rewrite(source, target, table -> true, List.of());
  }

  /**
   * Takes over what is wanted.
   *
   * @param target may be {@code source}; appears when it is complete
   * @param tables which tables are wanted, by name
   * @param metadata key-values to add to those of the first recording, the second and so on; may be
   *     shorter than there are recordings
   * @return rows of all tables taken over
   */
  public static long rewrite(
      Path source,
      Path target,
      Predicate<String> tables,
      List<? extends Map<String, String>> metadata)
      throws IOException {
    List<RecordingCatalog> catalogs = TarRecordings.open(source).catalog().recordings();
    TarContents contents = TarContents.read(source);
    Map<String, TarEntry> files = new HashMap<>();
    Manifest manifest = TarRecordings.manifest(source, contents, files);
    long rows = 0;
    try (RezBuilder builder = RezBuilder.create(target)) {
      for (int i = 0; i < catalogs.size(); i++) {
        RecordingCatalog catalog = catalogs.get(i);
        Map<String, String> keys = new TreeMap<>(catalog.metadata());
        if (i < metadata.size()) {
          keys.putAll(metadata.get(i));
        }
        long id =
            builder.addRecording(
                catalog.labels(),
                keys,
                catalog.complete(),
                catalog.clockAnchorNanos(),
                catalog.clockOffsets());
        for (Manifest.TableEntry table : manifest.recordings().get(i).tables()) {
          if (tables.test(table.sampler())) {
            for (String file : table.files()) {
              byte[] bytes = contents.bytes(files.get(file), SEGMENT_BYTES_MAX);
              rows += add(builder, id, table.sampler(), bytes, source + ": " + file);
            }
          }
        }
      }
      builder.publish();
    }
    return rows;
  }

  private static long add(RezBuilder builder, long id, String name, byte[] bytes, String what)
      throws IOException {
    Table table = ParquetRecording.open(bytes, what).table();
    TimeRange times = TimeRange.of(table);
    if (!times.isEmpty()) {
      builder.addSegment(id, name, bytes, table.rows(), times.first(), times.last());
    }
    return times.rows();
  }
}
