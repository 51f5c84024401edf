package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.open.RecordingFiles;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Opens what a command was given; what is wrong with it is one line. */
final class RecordingInput {
  private RecordingInput() {}

  /**
   * What tools that edit recordings have to tell apart: an archive, a tar, or else parquet, whose
   * reader says what is wrong with anything else.
   */
  static RecordingFormat format(Path path) throws CommandException {
    return switch (sniff(path)) {
      case REZ -> RecordingFormat.REZ;
      case REZ_TAR, AB_TAR -> RecordingFormat.REZ_TAR;
      case PARQUET, PROMETHEUS -> RecordingFormat.PARQUET;
      case RAW ->
          throw Failure.of(
              path
                  + ": raw snapshots; make a parquet recording of them first with \"rezolus"
                  + " recording convert "
                  + path
                  + "\"");
    };
  }

  /** The layout of a file that must be there and readable. */
  static RecordingFormat sniff(Path path) throws CommandException {
    try {
      return RecordingFiles.format(path);
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }

  /**
   * Opens a recording of any layout.
   *
   * @param messages told what is missing where it is not whole
   */
  static RecordingFile open(Path path, PrintWriter messages) throws CommandException {
    try {
      RecordingFile file = RecordingFiles.open(path);
      warn(file, messages);
      return file;
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }

  /** Tells what is missing of a recording that is not whole. */
  static void warn(RecordingFile file, PrintWriter messages) {
    file.warnings().forEach(warning -> messages.println("warning: " + warning));
  }

  static ParquetRecording parquet(Path path) throws CommandException {
    try {
      return ParquetRecording.open(path);
    } catch (IOException e) {
      throw Failure.of(path, e);
    }
  }
}
