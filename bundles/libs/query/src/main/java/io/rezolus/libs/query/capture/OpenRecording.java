package io.rezolus.libs.query.capture;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.recording.RecordingSource;
import io.rezolus.libs.query.recording.SampleCache;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.open.RecordingFiles;
import io.rezolus.libs.recording.rez.RezFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A recording's file, open for queries. */
public final class OpenRecording implements Closeable {
  /**
   * One recording of a file.
   *
   * @param name tells it apart from the others of its file, of which none has the same
   */
  public record Part(String name, CatalogSource source) {}

  private final RecordingFile file;
  private final List<RecordingSource> sources = new ArrayList<>();
  private final List<Part> parts;
  private final SampleCache cache;

  private OpenRecording(RecordingFile file, SampleCache cache, Runnable unchanged)
      throws IOException {
    this.file = file;
    this.cache = cache;
    List<Part> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Recording recording : file.recordings()) {
      String name = recording.name();
      for (int i = 2; !names.add(name); i++) {
        name = recording.name() + " (" + i + ")";
      }
      RecordingSource source = new RecordingSource(recording, Map.of(), cache, unchanged);
      sources.add(source);
      all.add(new Part(name, source));
    }
    parts = List.copyOf(all);
  }

  /**
   * Opens a file of any format that recordings have.
   *
   * @param cache for what is decoded
   * @throws IOException when it cannot be read or is no recording
   */
  public static OpenRecording open(Path path, SampleCache cache) throws IOException {
    return open(path, cache, () -> {});
  }

  /**
   * @param unchanged called after each reading, and when one fails; throws a QueryException when
   *     the file is no longer what was opened
   */
  static OpenRecording open(Path path, SampleCache cache, Runnable unchanged) throws IOException {
    RecordingFile file = RecordingFiles.open(path);
    try {
      return new OpenRecording(file, cache, unchanged);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether {@link #refreshed} sees what is written to the file; else it has to be opened anew. */
  boolean isShared() {
    return file instanceof RezFile archive && archive.isShared();
  }

  /** The same file as it is now. Closing either closes both. */
  OpenRecording refreshed(Runnable stillUnchanged) throws IOException {
    return new OpenRecording(((RezFile) file).refreshed(), cache, stillUnchanged);
  }

  /** Whether it keeps what it has read, whatever becomes of the file. */
  boolean isDetached() {
    return switch (file.format()) {
      case REZ -> isShared();
      case RAW, PROMETHEUS -> true;
      case PARQUET, REZ_TAR, AB_TAR -> false;
    };
  }

  /** Takes what was decoded out of the cache. */
  void forget() {
    sources.forEach(RecordingSource::forget);
  }

  /** The recordings in it, at least one. */
  public List<Part> parts() {
    return parts;
  }

  /** What its user has to know about what could be read of it, one line each. */
  public List<String> warnings() {
    return file.warnings();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
