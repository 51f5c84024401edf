package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.rezolus.core.api.sampler.UnsupportedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libbpf and what it needs: the copies that travel in this bundle, or else the system's. The copies
 * are opened by absolute path, dependencies first, so that the names libbpf asks for are already
 * bound to them, and the files are deleted as soon as they are mapped.
 */
final class NativeLibraries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final List<String> DEPENDENCIES = List.of("libz.so.1", "libelf.so.1");
  private static final String LIBBPF = "libbpf.so.1";
  private static final int RTLD_NOW = 2;
  private static final Map<String, Object> OPTIONS = Map.of(Library.OPTION_OPEN_FLAGS, RTLD_NOW);

  private final List<NativeLibrary> opened = new ArrayList<>();
  private final Libbpf libbpf;
  private final Libc libc;

  private NativeLibraries() throws UnsupportedException {
    libc = Native.load("c", Libc.class);
    Libbpf own = null;
    try {
      own = openOwn();
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.info("own copy of libbpf cannot be used, trying the system's: {}", e.getMessage());
    }
    libbpf = own != null ? own : openSystem();
  }

  static NativeLibraries open() throws UnsupportedException {
    return new NativeLibraries();
  }

  Libbpf libbpf() {
    return libbpf;
  }

  Libc libc() {
    return libc;
  }

  /** Our name of the CPU architecture: {@code x86_64} or {@code aarch64}. */
  static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }

  private Libbpf openOwn() throws IOException {
    String folder = "/native/" + architecture() + '/';
    if (NativeLibraries.class.getResource(folder + LIBBPF) == null) {
      return null;
    }
    Path directory =
        Files.createTempDirectory(
            "rezolus-bpf-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<Path> files = new ArrayList<>();
    try {
      for (String name : DEPENDENCIES) {
        Path file = extract(folder, name, directory, files);
        opened.add(NativeLibrary.getInstance(file.toString(), OPTIONS));
      }
      Path file = extract(folder, LIBBPF, directory, files);
      opened.add(NativeLibrary.getInstance(file.toString(), OPTIONS));
      return Native.load(file.toString(), Libbpf.class, OPTIONS);
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    }
  }

  private static Path extract(String folder, String name, Path directory, List<Path> files)
      throws IOException {
    Path file = directory.resolve(name);
    files.add(file);
    try (InputStream in = NativeLibraries.class.getResourceAsStream(folder + name)) {
      if (in == null) {
        throw new IOException(folder + name + " is missing in the bundle");
      }
      Files.copy(in, file);
    }
    return file;
  }

  private Libbpf openSystem() throws UnsupportedException {
    try {
      opened.add(NativeLibrary.getInstance(LIBBPF, OPTIONS));
      return Native.load(LIBBPF, Libbpf.class, OPTIONS);
    } catch (UnsatisfiedLinkError e) {
      throw new UnsupportedException(
          "libbpf.so.1: neither a copy for "
              + architecture()
              + " in the BPF host bundle nor one on this system can be opened; install libbpf 1.x"
              + " (Debian: libbpf1), or point java.io.tmpdir at a file system that allows execution",
          e);
    }
  }

  @Override
  public void close() {
    Collections.reverse(opened);
    opened.forEach(NativeLibrary::close);
    opened.clear();
  }
}
