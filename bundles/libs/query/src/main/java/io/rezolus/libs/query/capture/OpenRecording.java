package io.rezolus.libs.query.capture;

import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.recording.RecordingSource;
import io.rezolus.libs.query.recording.SampleCache;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.open.RecordingFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recording's file, open for queries. */
public final class OpenRecording implements Closeable {
  /**
   * One recording of a file.
   *
   * @param name tells it apart from the others of its file
   */
  public record Part(String name, CatalogSource source) {}

  private final RecordingFile file;
  private final List<Part> parts;

  private OpenRecording(RecordingFile file, List<Part> parts) {
    this.file = file;
    this.parts = parts;
  }

  /**
   * Opens a file of any format that recordings have.
   *
   * @param cache for what is decoded
   * @throws IOException when it cannot be read or is no recording
   */
  public static OpenRecording open(Path path, SampleCache cache) throws IOException {
    RecordingFile file = RecordingFiles.open(path);
    try {
      List<Part> parts = new ArrayList<>();
      for (Recording recording : file.recordings()) {
        parts.add(new Part(recording.name(), new RecordingSource(recording, Map.of(), cache)));
      }
      return new OpenRecording(file, List.copyOf(parts));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
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
