package io.rezolus.testbundles.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The directory that File Install watches, and the sampler jars of this build. */
final class DeployDirectory {
  private static final String GROUP = "io.rezolus.test-bundles.";

  private final Path jars;
  private final Path deploy;

  DeployDirectory() {
    BundleContext context = FrameworkUtil.getBundle(DeployDirectory.class).getBundleContext();
    jars = Path.of(context.getProperty("rezolus.test.jars"));
    deploy = Path.of(context.getProperty("felix.fileinstall.dir"));
    try {
      Files.createDirectories(deploy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops the jar of a sampler of this build in. */
  void install(String sampler) throws IOException {
    put(sampler, jar(sampler));
  }

  /** Replaces it by the same code under another bundle version. */
  void update(String sampler, String version) throws IOException {
    put(sampler, Jars.withVersion(jar(sampler), version));
  }

  /** Drops a jar in, complete from its first appearance. */
  void put(String name, byte[] jar) throws IOException {
    Path staged = jars.resolve(name + ".staged");
    Files.write(staged, jar);
    Files.move(
        staged, target(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(target(name));
  }

  /** Removes whatever is there. */
  void clear() throws IOException {
    try (Stream<Path> files = Files.list(deploy)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** The jar of a sampler of this build. */
  byte[] jar(String sampler) throws IOException {
    return Files.readAllBytes(jars.resolve(GROUP + sampler + ".jar"));
  }

  private Path target(String name) {
    return deploy.resolve(name + ".jar");
  }
}
