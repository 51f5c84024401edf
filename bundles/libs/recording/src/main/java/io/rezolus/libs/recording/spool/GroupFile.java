package io.rezolus.libs.recording.spool;

import io.rezolus.libs.recording.StagedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a recording grows: hidden beside its name, locked so that what a killed process left can be
 * told from a recording under way.
 */
final class GroupFile implements Closeable {
  private final StagedFile staged;
  private final FileChannel channel;

  /**
   * @param output the recording in the end
   */
  GroupFile(Path output) throws IOException {
    removeAbandoned(output);
    staged = new StagedFile(output);
    try {
      channel = FileChannel.open(staged.path(), StandardOpenOption.WRITE);
      channel.tryLock();
    } catch (IOException e) {
      staged.close();
      throw e;
    }
  }

  /** A file without a name, which vanishes with the process. */
  static FileChannel nameless(Path output, String purpose) throws IOException {
    Path partial = StagedFile.partial(output);
    return FileChannel.open(
        partial.resolveSibling(partial.getFileName() + purpose),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  FileChannel channel() {
    return channel;
  }

  /** Gives the file its name. */
  void publish() throws IOException {
    staged.publish();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      staged.close();
    }
  }

  /** Removes what killed recordings to the same output left; their spools have all of it. */
  private static void removeAbandoned(Path output) throws IOException {
    Path own = StagedFile.partial(output);
    String name = "." + output.getFileName() + "-";
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            own.getParent(),
            path -> path.getFileName().toString().startsWith(name) && isPartial(path, name))) {
      for (Path sibling : siblings) {
        if (!sibling.equals(own) && !isInUse(sibling)) {
          Files.deleteIfExists(sibling);
        }
      }
    }
  }

  private static boolean isPartial(Path path, String name) {
    String rest = path.getFileName().toString().substring(name.length());
    if (!rest.matches("[0-9]{1,18}\\.partial")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(rest.substring(0, rest.indexOf('.')))).isEmpty();
  }

  private static boolean isInUse(Path path) {
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = other.tryLock()) {
      return lock == null;
    } catch (IOException | IllegalStateException e) {
      // not ours to remove
      return true;
    }
  }
}
