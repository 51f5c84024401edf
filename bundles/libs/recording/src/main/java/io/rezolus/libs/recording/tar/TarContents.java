package io.rezolus.libs.recording.tar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What is in a tar, as far as it is whole: a tar that was cut off ends before the file that is not
 * all there. Only headers are read; files stay where they are.
 */
final class TarContents {
  private static final int ENTRIES_MAX = 1_000_000;
  private static final int LONG_NAME_MAX = 1 << 16;

  /** What comes after the last file. */
  private static final byte[] END = new byte[TarHeader.BLOCK];

  private final Path path;
  private final List<TarEntry> entries = new ArrayList<>();
  private long readTo;
  private boolean whole;

  private TarContents(Path path) {
    this.path = path;
  }

  /**
   * Lists the files of a tar.
   *
   * @throws IOException when the file cannot be read or does not begin like a tar
   */
  static TarContents read(Path path) throws IOException {
    TarContents contents = new TarContents(path);
    try (FileChannel file = FileChannel.open(path)) {
      contents.scan(file);
    }
    return contents;
  }

  /** Complete regular files, in the order they were written. */
  List<TarEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Whether it could be read to its end. */
  boolean whole() {
    return whole;
  }

  /** Where it could be read to, in bytes from its beginning. */
  long readTo() {
    return readTo;
  }

  /** The last file of a name, or null. */
  TarEntry last(String name) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).name().equals(name)) {
        return entries.get(i);
      }
    }
    return null;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is longer than {@code max} bytes
   */
  byte[] bytes(TarEntry entry, int max) throws IOException {
    if (entry.length() > max) {
      throw new IOException(
          path
              + ": "
              + entry.name()
              + " has "
              + entry.length()
              + " bytes, expected at most "
              + max);
    }
    try (FileChannel file = FileChannel.open(path)) {
      return bytes(file, entry.offset(), (int) entry.length());
    }
  }

  private void scan(FileChannel file) throws IOException {
    long size = file.size();
    if (size < TarHeader.BLOCK || !TarHeader.magic(bytes(file, 0, TarHeader.BLOCK))) {
      throw new IOException(path + ": not a tar");
    }
    long at = 0;
    String longName = null;
    while (at + TarHeader.BLOCK <= size) {
      readTo = at;
      byte[] header = bytes(file, at, TarHeader.BLOCK);
      if (Arrays.equals(header, END)) {
        whole = true;
        return;
      }
      long length = TarHeader.size(header);
      long begin = at + TarHeader.BLOCK;
      if (!TarHeader.isValid(header) || length < 0 || length > size - begin) {
        return;
      }
      char type = TarHeader.type(header);
      if (type == 'L' || type == 'x') {
        if (length > LONG_NAME_MAX) {
          return;
        }
        byte[] extra = bytes(file, begin, (int) length);
        longName = type == 'L' ? gnuName(extra) : PaxRecords.path(extra, longName);
      } else {
        if (type == '0') {
          if (entries.size() == ENTRIES_MAX) {
            throw new IOException(path + ": more than " + ENTRIES_MAX + " files in a tar");
          }
          String name = longName == null ? TarHeader.name(header) : longName;
          entries.add(new TarEntry(name, begin, length));
        }
        longName = null;
      }
      long blocks = (length + TarHeader.BLOCK - 1) / TarHeader.BLOCK;
      at = begin + blocks * TarHeader.BLOCK;
      readTo = Math.min(at, size);
    }
  }

  private static String gnuName(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private byte[] bytes(FileChannel file, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(path + ": it got shorter while it was read");
      }
    }
    return buffer.array();
  }
}
