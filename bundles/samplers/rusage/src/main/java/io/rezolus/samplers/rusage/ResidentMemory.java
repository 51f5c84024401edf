package io.rezolus.samplers.rusage;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Memory this process has in RAM now, from {@code /proc/self/statm}, which is kept open. */
final class ResidentMemory implements Closeable {
  private final RandomAccessFile statm = new RandomAccessFile("/proc/self/statm", "r");

  private final int pageBytes;
  private final byte[] text = new byte[256];

  /**
   * @param pageBytes the unit of the file
   */
  ResidentMemory(int pageBytes) throws IOException {
    this.pageBytes = pageBytes;
  }

  /** The second number of the file, in bytes. Allocates nothing. */
  long bytes() throws IOException {
    statm.seek(0);
    int length = statm.read(text);
    int at = 0;
    while (at < length && text[at] != ' ') {
      at++;
    }
    long pages = 0;
    for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
      pages = pages * 10 + text[at] - '0';
    }
    return pages * pageBytes;
  }

  @Override
  public void close() throws IOException {
    statm.close();
  }
}
