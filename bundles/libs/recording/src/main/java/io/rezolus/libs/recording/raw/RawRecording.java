package io.rezolus.libs.recording.raw;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * A raw recording, opened for reading. Snapshots hold every column in every row, so that one column
 * costs as much as all of them; opening therefore converts the recording once, to a temporary file
 * that {@link #close} removes. Like any conversion, this leaves out the acquisition windows.
 */
public final class RawRecording implements Recording, RecordingFile {
  private final Path path;
  private final Path folder;
  private final ParquetRecording converted;
  private final String torn;

  private RawRecording(Path path, Path folder, ParquetRecording converted, String torn) {
    this.path = path;
    this.folder = folder;
    this.converted = converted;
    this.torn = torn;
  }

  /**
   * Opens a recording.
   *
   * @throws IOException when it cannot be read or is no raw recording
   */
  public static RawRecording open(Path path) throws IOException {
    Path folder = Files.createTempDirectory("rezolus-raw-");
    Path parquet = folder.resolve("converted.parquet");
    try {
      RawConversion conversion =
          new RawConverter(WriteOptions.REWRITE)
              .convert(path, parquet, ConvertOptions.DEFAULT, (done, total) -> {});
      return new RawRecording(path, folder, ParquetRecording.open(parquet), conversion.torn());
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** Why the recording could not be read to its end; null when it could. */
  public String torn() {
    return torn;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.RAW;
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
    return torn == null;
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
    Files.deleteIfExists(folder.resolve("converted.parquet"));
    Files.deleteIfExists(folder);
  }
}
