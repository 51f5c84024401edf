package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.RemovedAtExit;
import io.rezolus.libs.recording.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * A recording of a format in which one column costs as much as all of them: opening converts it
 * once, to a temporary parquet file that {@link #close} removes. Like any conversion, this leaves
 * out the acquisition windows.
 */
public final class ConvertedRecording implements Recording, RecordingFile {
  /** Makes the parquet file. */
  @FunctionalInterface
  public interface Conversion {
    /**
     * @param folder empty and removed later with all that is in it
     * @param parquet where the recording is to be
     * @return what of the recording could not be read, one line each, which names its file
     */
    List<String> into(Path folder, Path parquet) throws IOException;
  }

  private final Path path;
  private final RecordingFormat format;
  private final RemovedAtExit folder;
  private final ParquetRecording converted;
  private final List<String> missing;

  private ConvertedRecording(
      Path path,
      RecordingFormat format,
      RemovedAtExit folder,
      ParquetRecording converted,
      List<String> missing) {
    this.path = path;
    this.format = format;
    this.folder = folder;
    this.converted = converted;
    this.missing = List.copyOf(missing);
  }

  /**
   * Converts a recording.
   *
   * @throws IOException when it cannot be converted
   */
  public static ConvertedRecording of(Path path, RecordingFormat format, Conversion conversion)
      throws IOException {
    Path folder = Files.createTempDirectory("rezolus-converted-");
    RemovedAtExit temporary = new RemovedAtExit(folder);
    Path parquet = folder.resolve("converted.parquet");
    try {
      List<String> missing = conversion.into(folder, parquet);
      return new ConvertedRecording(
          path, format, temporary, ParquetRecording.open(parquet), missing);
    } catch (IOException | RuntimeException e) {
      temporary.close();
      throw e;
    }
  }

  @Override
  public List<String> warnings() {
    return missing;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return format;
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
    return missing.isEmpty();
  }

  @Override
  public List<Table> tables() {
    return converted.tables();
  }

  @Override
  public void close() throws IOException {
    converted.close();
    folder.close();
  }
}
