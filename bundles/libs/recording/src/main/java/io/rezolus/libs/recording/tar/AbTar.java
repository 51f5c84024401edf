package io.rezolus.libs.recording.tar;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.StagedFile;
import io.rezolus.libs.recording.StoredRecording;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A tar of two parquet recordings that are to be compared: first the baseline, then the experiment.
 * They are read where they lie.
 */
public final class AbTar implements RecordingFile {
  private static final String BASELINE = "baseline.parquet";
  private static final String EXPERIMENT = "experiment.parquet";
  private static final int JSON_BYTES_MAX = 1 << 20;

  private final Path path;
  private final AbPair pair;
  private final List<Recording> recordings;

  private AbTar(Path path, AbPair pair, List<Recording> recordings) {
    this.path = path;
    this.pair = pair;
    this.recordings = recordings;
  }

  /** Whether a tar is such a pair. */
  public static boolean isPair(Path path) throws IOException {
    return TarContents.read(path).last(AbPair.NAME) != null;
  }

  /**
   * Opens a pair.
   *
   * @throws IOException when it cannot be read or lacks a part
   */
  public static AbTar open(Path path) throws IOException {
    TarContents contents = TarContents.read(path);
    AbPair pair;
    try {
      pair = AbPair.parse(contents.bytes(entry(path, contents, AbPair.NAME), JSON_BYTES_MAX));
    } catch (IOException e) {
      String message = e.getMessage();
      throw message.startsWith(path.toString()) ? e : new IOException(path + ": " + message, e);
    }
    return new AbTar(
        path,
        pair,
        List.of(
            side(path, contents, BASELINE, pair.baseline()),
            side(path, contents, EXPERIMENT, pair.experiment())));
  }

  /**
   * Writes a pair, the two recordings byte for byte. The same input gives the same tar.
   *
   * @param output appears when it is complete and on the disk
   */
  public static void write(Path output, AbPair pair, Path baseline, Path experiment)
      throws IOException {
    try (StagedFile staged = new StagedFile(output)) {
      try (OutputStream out = Files.newOutputStream(staged.path())) {
        file(out, BASELINE, baseline);
        file(out, EXPERIMENT, experiment);
        byte[] json = pair.json();
        out.write(TarHeader.of(AbPair.NAME, json.length));
        out.write(json);
        pad(out, json.length);
        out.write(new byte[2 * TarHeader.BLOCK]);
      }
      staged.publish();
    }
  }

  /** What it says about itself. */
  public AbPair pair() {
    return pair;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.AB_TAR;
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public void close() {
    // each read opens and closes the file
  }

  private static Recording side(Path path, TarContents contents, String name, AbPair.Side side)
      throws IOException {
    TarEntry entry = entry(path, contents, name);
    ParquetRecording recording =
        ParquetRecording.open(path, entry.offset(), entry.length(), path + ": " + name);
    return new StoredRecording(
        side.alias() == null ? name : side.alias(),
        recording.labels(),
        recording.metadata(),
        recording.complete(),
        recording.tables());
  }

  private static TarEntry entry(Path path, TarContents contents, String name) throws IOException {
    TarEntry entry = contents.last(name);
    if (entry == null) {
      throw new IOException(path + ": a tar without " + name + ", or not all of one");
    }
    return entry;
  }

  private static void file(OutputStream out, String name, Path source) throws IOException {
    long size = Files.size(source);
    out.write(TarHeader.of(name, size));
    long copied = Files.copy(source, out);
    if (copied != size) {
      throw new IOException(source + ": it changed while it was read");
    }
    pad(out, size);
  }

  private static void pad(OutputStream out, long size) throws IOException {
    int rest = (int) (size % TarHeader.BLOCK);
    if (rest != 0) {
      out.write(new byte[TarHeader.BLOCK - rest]);
    }
  }
}
