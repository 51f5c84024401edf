package io.rezolus.core.bpfhost.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds of BPF, whatever else it has open. */
final class BpfFiles {
  private BpfFiles() {}

  /** Open file descriptors of maps, programs, links, iterators and their types. */
  static long open() throws IOException {
    try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
      return fds.filter(BpfFiles::isBpf).count();
    }
  }

  /** Mappings of maps. */
  static long mapped() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("anon_inode:bpf")).count();
    }
  }

  private static boolean isBpf(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString().matches("anon_inode:\\[?(bpf|btf).*");
    } catch (IOException e) {
      return false; // closed meanwhile, as that of the listing itself
    }
  }
}
