package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel gave this thread from files, by native code as well as by Java. */
final class BytesRead {
  private static final Path COUNTERS = Path.of("/proc/thread-self/io");
  private static final String READ = "rchar: ";

  private BytesRead() {}

  /**
   * Bytes that reading something takes. It is read twice, as the first time classes are loaded,
   * too.
   */
  static long by(Reading reading) throws IOException {
    assumeTrue(Files.isReadable(COUNTERS), "this kernel does not count what a thread reads");
    reading.read();
    // asking is reading as well
    long asked = -counter() + counter();
    long before = counter();
    reading.read();
    return counter() - before - asked;
  }

  private static long counter() throws IOException {
    for (String line : Files.readAllLines(COUNTERS)) {
      if (line.startsWith(READ)) {
        return Long.parseLong(line.substring(READ.length()));
      }
    }
    throw new IOException(COUNTERS + " has no " + READ);
  }

  /** Reads from files. */
  interface Reading {
    void read() throws IOException;
  }
}
