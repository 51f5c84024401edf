package io.rezolus.libs.query.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What tells that a file was changed or replaced, without opening it.
 *
 * @param file what it is on its file system; null where there is none
 * @param log the same of the log that SQLite keeps beside it
 */
record FileState(One file, One log) {
  /**
   * @param key device and inode
   */
  record One(Object key, long size, FileTime changed) {}

  static FileState of(Path path) throws IOException {
    return new FileState(one(path), one(path.resolveSibling(path.getFileName() + "-wal")));
  }

  private static One one(Path path) throws IOException {
    try {
      BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
      return new One(a.fileKey(), a.size(), a.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  boolean isGone() {
    return file == null;
  }

  /** Whether it is the same file, changed or not. */
  boolean sameFile(FileState other) {
    return file != null && other.file != null && Objects.equals(file.key, other.file.key);
  }
}
