package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Recognises what file a command was given, by its content. */
final class RecordingInput {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int USTAR_AT = 257;

  private RecordingInput() {}

  /** A file that is no archive is held for parquet, whose reader says what is wrong with it. */
  static RecordingFormat format(Path path) throws CommandException {
    if (Files.isDirectory(path)) {
      throw Failure.of(path + ": a folder; expected a recording");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = in.readNBytes(512);
      if (startsWith(head, 0, SQLITE)) {
        return RecordingFormat.REZ;
      }
      return startsWith(head, USTAR_AT, USTAR) ? RecordingFormat.REZ_TAR : RecordingFormat.PARQUET;
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }

  static ParquetRecording parquet(Path path) throws CommandException {
    try {
      return ParquetRecording.open(path);
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }

  private static boolean startsWith(byte[] head, int at, byte[] magic) {
    return head.length >= at + magic.length
        && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
  }
}
