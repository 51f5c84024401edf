package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.raw.RawRecording;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.tar.AbTar;
import io.rezolus.libs.recording.tar.TarRecordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a recording of any format, told apart by content. */
final class OpenedRecording {
  private OpenedRecording() {}

  static RecordingFile open(Path path) throws CommandException {
    try {
      return switch (RecordingInput.format(path)) {
        case REZ -> RezFile.open(path);
        case REZ_TAR -> AbTar.isPair(path) ? AbTar.open(path) : TarRecordings.open(path);
        default -> isParquet(path) ? ParquetRecording.open(path) : RawRecording.open(path);
      };
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }

  private static boolean isParquet(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("PAR1");
    }
  }
}
