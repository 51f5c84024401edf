package io.rezolus.outputs.hindsight;

import io.rezolus.libs.command.FileTrouble;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of the rolling buffer: beside the output, named after it so that a later run finds it
 * again, readable by its user only, and locked while in use.
 */
final class BufferPlace implements Closeable {
  private static final String LOCK = "lock";
  private static final String BUFFER = "hindsight.rez";

  /** Copies that were to be sent, and those of them that were being made. */
  private static final String COPIES = "{dump,.dump}*";

  private final Path folder;
  private FileChannel channel;
  private boolean kept;

  private BufferPlace(Path folder, FileChannel channel) throws IOException {
    this.folder = folder;
    this.channel = channel;
    kept = hasRemains();
  }

  /**
   * Takes the place, and creates it where it is not there.
   *
   * @throws IOException when that is impossible, or another process has it; the message says so
   */
  static BufferPlace take(Path output) throws IOException {
    Path absolute = output.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new IOException("is a directory; name a file with general.output");
    }
    Path parent = absolute.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IOException(
          "its folder " + parent + " does not exist; name another with general.output");
    }
    Path folder = absolute.resolveSibling("." + absolute.getFileName() + ".hindsight");
    BufferPlace place = new BufferPlace(folder, claim(folder));
    try {
      remove(folder, COPIES);
      removePartial(absolute);
      return place;
    } catch (IOException e) {
      place.channel.close();
      throw e;
    }
  }

  /** What a killed run had not yet given its name. */
  private static void removePartial(Path output) throws IOException {
    Pattern partial =
        Pattern.compile(
            "\\." + Pattern.quote(output.getFileName().toString()) + "-(\\d{1,9})\\.partial.*");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            output.getParent(), file -> partial.matcher(file.getFileName().toString()).matches())) {
      for (Path file : files) {
        Matcher name = partial.matcher(file.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static FileChannel claim(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // of an earlier run, or in use: the lock tells
      if (!Files.isDirectory(folder)) {
        throw new IOException(folder + " is in the way of the buffer; remove it", e);
      }
    } catch (FileSystemException e) {
      throw new IOException(
          "no buffer can be kept in "
              + folder.getParent()
              + ": "
              + FileTrouble.cause(e)
              + "; name a file elsewhere with general.output",
          e);
    }
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("in use: another hindsight keeps its buffer in " + folder);
    }
    return channel;
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The buffer itself. */
  Path buffer() {
    return folder.resolve(BUFFER);
  }

  /** A file for a copy that is about to be sent. */
  Path temporary() throws IOException {
    Path path = Files.createTempFile(folder, "dump", ".rez");
    Files.delete(path);
    return path;
  }

  /** Whether there is anything of an earlier buffer. */
  boolean hasRemains() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, BUFFER + "*")) {
      return files.iterator().hasNext();
    }
  }

  /** Removes the buffer, of which nothing is in use. */
  void removeBuffer() throws IOException {
    remove(folder, BUFFER + "*");
  }

  /**
   * Moves everything out of the way, under a name that says so, and begins with an empty place.
   *
   * @return where it is
   */
  Path setAside() throws IOException {
    Path aside = folder;
    for (int i = 1; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
      aside = folder.resolveSibling(folder.getFileName() + ".unusable-" + i);
    }
    // in one step, for a file is worth nothing without those beside it
    Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    FileChannel before = channel;
    channel = claim(folder);
    before.close();
    Files.deleteIfExists(aside.resolve(LOCK));
    return aside;
  }

  /** Says whether the buffer is to stay when the place is given up. */
  void keep(boolean keep) {
    kept = keep;
  }

  /** Gives the place up, and removes it where the buffer is of no further use. */
  @Override
  public void close() throws IOException {
    try {
      remove(folder, COPIES);
      if (!kept) {
        removeBuffer();
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
      }
    } finally {
      channel.close();
    }
  }

  private static void remove(Path folder, String which) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, which)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public String toString() {
    return buffer().toString();
  }
}
