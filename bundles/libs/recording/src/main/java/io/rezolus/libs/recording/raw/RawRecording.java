package io.rezolus.libs.recording.raw;

import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.parquet.ConvertedRecording;
import java.io.IOException;
import java.nio.file.Path;

/** Opens raw recordings for reading. */
public final class RawRecording {
  private RawRecording() {}

  /**
   * Opens a recording.
   *
   * @throws IOException when it cannot be read or is no raw recording
   */
  public static ConvertedRecording open(Path path) throws IOException {
    RawConverter converter = new RawConverter();
    return ConvertedRecording.of(
        path,
        RecordingFormat.RAW,
        (folder, parquet) ->
            converter.convert(path, parquet, ConvertOptions.DEFAULT, (done, total) -> {}).torn());
  }
}
