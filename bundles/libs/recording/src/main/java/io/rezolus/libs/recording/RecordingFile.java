package io.rezolus.libs.recording;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with recordings, open for reading. Reading never changes the file or its folder. */
public interface RecordingFile extends Closeable {
  Path path();

  RecordingFormat format();

  /** The recordings in it: several in an archive, one in any other file. */
  List<Recording> recordings();

  /**
   * What its user has to know about what could be read of it, one line each, which names the file;
   * empty where it is whole.
   */
  default List<String> warnings() {
    List<String> unfinished = new ArrayList<>();
    for (Recording recording : recordings()) {
      if (!recording.complete()) {
        unfinished.add(
            path()
                + ": "
                + recording.name()
                + " was not ended in order, or is still being written: at most its last interval"
                + " is missing");
      }
    }
    return unfinished;
  }
}
