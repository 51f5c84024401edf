package io.rezolus.test.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Events that the kernel did not hand to a BPF program because the same program was at work on that
 * CPU already. That happens where programs can be preempted, and only the kernel knows of it.
 */
public final class MissedRuns {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fdinfo");
  private static final String KEY = "recursion_misses:";

  private MissedRuns() {}

  /** The misses of all programs that this process has open; 0 where the kernel does not count. */
  public static long total() throws IOException {
    long total = 0;
    List<Path> files;
    try (Stream<Path> found = Files.list(DESCRIPTORS)) {
      files = found.toList();
    }
    for (Path file : files) {
      total += misses(file);
    }
    return total;
  }

  private static long misses(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(KEY))
          .mapToLong(line -> Long.parseLong(line.substring(KEY.length()).strip()))
          .sum();
    } catch (IOException e) {
      return 0; // closed meanwhile
    }
  }
}
