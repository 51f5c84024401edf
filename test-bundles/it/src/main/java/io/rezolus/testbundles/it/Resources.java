package io.rezolus.testbundles.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What this process holds, as the kernel counts it. */
final class Resources {
  private Resources() {}

  /** Open files by kind (BPF objects by their own kinds), BPF map mappings and threads. */
  static Map<String, Integer> count() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        counts.merge(kind(file), 1, Integer::sum);
      }
    }
    counts.put("threads", threads());
    int mappings = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      if (line.contains("bpf-map")) {
        mappings++;
      }
    }
    counts.put("mapped bpf maps", mappings);
    return counts;
  }

  private static int threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return (int) tasks.count();
    }
  }

  private static String kind(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith("anon_inode:") ? target : target.replaceAll("[:/].*", "") + " files";
    } catch (IOException e) {
      return "closed meanwhile"; // the descriptor of the listing itself
    }
  }
}
