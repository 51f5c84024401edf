package io.rezolus.libs.recording.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a recording in progress keeps its snapshots: {@code <output>.spool}, msgpack one after
 * another. It has a name so that it outlives a killed process, and is locked while in use so that a
 * leftover can be told from a recording under way.
 */
public final class Spool implements Closeable {
  private static final int NAMES_MAX = 1000;

  private final Path path;
  private final FileChannel channel;
  private final List<Path> leftovers;

  private Spool(Path path, FileChannel channel, List<Path> leftovers) {
    this.path = path;
    this.channel = channel;
    this.leftovers = List.copyOf(leftovers);
  }

  /**
   * Creates the spool of a recording. Spools that earlier recordings left are kept and the new one
   * gets the next free name.
   *
   * @throws IOException when none can be created, or another process records to the same output
   */
  public static Spool create(Path output) throws IOException {
    Path base = output.toAbsolutePath();
    List<Path> leftovers = new ArrayList<>();
    for (int i = 1; i <= NAMES_MAX; i++) {
      Path path = base.resolveSibling(base.getFileName() + (i == 1 ? ".spool" : ".spool-" + i));
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        channel.tryLock();
        return new Spool(path, channel, leftovers);
      } catch (FileAlreadyExistsException e) {
        if (isInUse(path)) {
          throw new IOException(
              path + ": in use: another process is recording to " + output + "; choose another", e);
        }
        leftovers.add(path);
      }
    }
    throw new IOException(base + ".spool: " + NAMES_MAX + " unfinished recordings; remove some");
  }

  public Path path() {
    return path;
  }

  /** Spools of earlier recordings to the same output that never finished. */
  public List<Path> leftovers() {
    return leftovers;
  }

  /** Appends one snapshot. A write that fails half-way is taken back. */
  public void append(byte[] snapshot) throws IOException {
    long start = channel.position();
    ByteBuffer bytes = ByteBuffer.wrap(snapshot);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(start);
      throw e;
    }
  }

  /**
   * Makes the spool itself the recording: it is forced to the disk and gets that name; an existing
   * file is replaced.
   */
  public void publish(Path target) throws IOException {
    channel.force(true);
    Files.move(
        path,
        target.toAbsolutePath(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    close();
  }

  /** Removes the spool: it has been converted, or holds nothing. */
  public void discard() throws IOException {
    Files.deleteIfExists(path);
    close();
  }

  /** Leaves the spool where it is. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean isInUse(Path path) throws IOException {
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = other.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
