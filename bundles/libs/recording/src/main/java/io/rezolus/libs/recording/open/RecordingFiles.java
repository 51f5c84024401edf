package io.rezolus.libs.recording.open;

import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.prometheus.ExpositionFile;
import io.rezolus.libs.recording.raw.RawRecording;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.spool.SnapshotFile;
import io.rezolus.libs.recording.tar.AbTar;
import io.rezolus.libs.recording.tar.TarRecordings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens a recording by what it contains, whatever it is called. */
public final class RecordingFiles {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int USTAR_AT = 257;
  private static final int HEAD_BYTES = 512;
  // a snapshot is an array of four to six elements
  private static final int SNAPSHOT_LEAST = 0x94;
  private static final int SNAPSHOT_MOST = 0x96;

  private RecordingFiles() {}

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be read or is no recording; the message names it
   */
  public static RecordingFile open(Path path) throws IOException {
    return switch (format(path)) {
      case REZ -> RezFile.open(path);
      case REZ_TAR -> TarRecordings.open(path);
      case AB_TAR -> AbTar.open(path);
      case RAW -> RawRecording.open(path);
      case PROMETHEUS -> ExpositionFile.open(path);
      case PARQUET -> ParquetRecording.open(path);
    };
  }

  /**
   * The layout of a file, as far as its beginning tells: what is in no layout of recordings counts
   * as parquet, whose reader says what is wrong with it.
   *
   * @throws IOException when it cannot be read; the message names it
   */
  public static RecordingFormat format(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": a folder; expected a recording");
    }
    if (!Files.exists(path)) {
      throw new FileNotFoundException(path + ": no such file");
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (startsWith(head, 0, SQLITE)) {
      return RecordingFormat.REZ;
    }
    if (startsWith(head, USTAR_AT, USTAR)) {
      return AbTar.isPair(path) ? RecordingFormat.AB_TAR : RecordingFormat.REZ_TAR;
    }
    if (startsWith(head, 0, PARQUET) || head.length == 0) {
      return RecordingFormat.PARQUET;
    }
    int first = head[0] & 0xff;
    if (SnapshotFile.isCompressed(head) || first >= SNAPSHOT_LEAST && first <= SNAPSHOT_MOST) {
      return RecordingFormat.RAW;
    }
    return isText(head) ? RecordingFormat.PROMETHEUS : RecordingFormat.PARQUET;
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] head, int at, byte[] magic) {
    return head.length >= at + magic.length
        && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
  }
}
