package io.rezolus.libs.recording.spool;

import com.github.luben.zstd.ZstdOutputStream;
import io.rezolus.libs.recording.StagedFile;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a recording in progress keeps its snapshots: {@code <output>.spool}, msgpack one after
 * another. It has a name so that it outlives a killed process, and is locked while in use so that a
 * leftover can be told from a recording under way. Snapshots resemble those before, so that
 * compressed they take a fortieth; what is small is also quick to remove in the end.
 */
public final class Spool implements Closeable {
  private static final int NAMES_MAX = 1000;

  private static final int LEVEL = 1;

  private final Path path;
  private final FileChannel channel;
  private final List<Path> leftovers;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  // null where snapshots are kept as they are
  private final ZstdOutputStream zstd;

  private Spool(Path path, FileChannel channel, List<Path> leftovers, boolean compressed)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.leftovers = List.copyOf(leftovers);
    zstd = compressed ? new ZstdOutputStream(packed, LEVEL) : null;
    if (compressed) {
      packed.writeBytes(SnapshotFile.growing());
    }
  }

  /**
   * Creates the spool of a recording. Spools that earlier recordings left are kept and the new one
   * gets the next free name.
   *
   * @throws IOException when none can be created, or another process records to the same output
   */
  public static Spool create(Path output) throws IOException {
    return create(output, true);
  }

  /**
   * As {@link #create}, with nothing compressed: it may become the recording itself, and so lies
   * beside the file where the output is a link to one.
   */
  public static Spool createPlain(Path output) throws IOException {
    return create(StagedFile.resolved(output), false);
  }

  private static Spool create(Path output, boolean compressed) throws IOException {
    Path base = output.toAbsolutePath();
    List<Path> leftovers = new ArrayList<>();
    for (int i = 1; i <= NAMES_MAX; i++) {
      Path path = base.resolveSibling(base.getFileName() + (i == 1 ? ".spool" : ".spool-" + i));
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        channel.tryLock();
        return new Spool(path, channel, leftovers, compressed);
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

  /**
   * Keeps the file-level key-values of what the spool is to become, for whoever converts it should
   * this process not live to do so. To be called before the first snapshot is appended; a plain
   * spool has no room for them.
   */
  public void describe(Map<String, String> keyValues) {
    if (zstd != null) {
      packed.writeBytes(SnapshotFile.description(keyValues));
    }
  }

  /**
   * Appends one snapshot. A write that fails half-way is taken back, and nothing can be appended
   * any more.
   */
  public void append(byte[] snapshot) throws IOException {
    long start = channel.position();
    ByteBuffer bytes = ByteBuffer.wrap(zstd == null ? snapshot : compress(snapshot));
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
   * Makes a plain spool itself the recording: it is forced to the disk and gets that name; an
   * existing file is replaced.
   *
   * @param target the output that the spool was created for
   */
  public void publish(Path target) throws IOException {
    StagedFile.publish(path, target);
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
    if (zstd != null) {
      zstd.close();
    }
  }

  private byte[] compress(byte[] snapshot) throws IOException {
    zstd.write(snapshot);
    zstd.flush();
    byte[] bytes = packed.toByteArray();
    packed.reset();
    return bytes;
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
