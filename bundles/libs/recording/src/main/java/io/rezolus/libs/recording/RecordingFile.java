package io.rezolus.libs.recording;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/** A file with recordings, open for reading. Reading never changes the file or its folder. */
public interface RecordingFile extends Closeable {
  Path path();

  RecordingFormat format();

  /** The recordings in it: several in an archive, one in any other file. */
  List<Recording> recordings();
}
