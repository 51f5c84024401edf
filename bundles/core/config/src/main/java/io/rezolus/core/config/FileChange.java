package io.rezolus.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Notices that a file is another one than at the last look, whether it was written in place or
 * replaced. A change counts once two looks in a row saw the same, so that a file somebody is still
 * writing is left alone.
 */
final class FileChange {
  private final Path file;
  private State handled;
  private State seen;

  FileChange(Path file) {
    this.file = file;
  }

  /** Takes the file as it is now for handled. */
  void accept() {
    handled = look();
    seen = handled;
  }

  /** Whether the file changed since it was last handled; that it did is handled from then on. */
  boolean settled() {
    State now = look();
    boolean settled = !now.equals(handled) && now.equals(seen);
    seen = now;
    if (settled) {
      handled = now;
    }
    return settled;
  }

  private State look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return State.MISSING;
    }
  }

  private record State(FileTime modified, long size, Object key) {
    static final State MISSING = new State(FileTime.fromMillis(0), -1, null);
  }
}
