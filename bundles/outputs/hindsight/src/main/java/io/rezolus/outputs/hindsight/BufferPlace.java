package io.rezolus.outputs.hindsight;

import io.rezolus.libs.command.FileTrouble;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of the rolling buffer: beside the output, named after it so that a later run finds it
 * again, readable by its user only, and locked while in use.
 */
final class BufferPlace implements Closeable {
  private final Path folder;
  private final FileChannel channel;

  private BufferPlace(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
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
              + parent
              + ": "
              + FileTrouble.cause(e)
              + "; name a file elsewhere with general.output",
          e);
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("in use: another hindsight keeps its buffer in " + folder);
    }
    return new BufferPlace(folder, channel);
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
    return folder.resolve("hindsight.rez");
  }

  /** A file for a copy that is about to be sent. */
  Path temporary() throws IOException {
    Path path = Files.createTempFile(folder, "dump", ".rez");
    Files.delete(path);
    return path;
  }

  /** Removes everything: the process ends in order, and what it kept is of no further use. */
  void remove() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Gives the place up; what is in it stays. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
