package io.rezolus.testbundles.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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

  /** Drops a jar in, complete from its first appearance. */
  void install(String sampler) throws IOException {
    Path staged = staged(sampler);
    Files.copy(jars.resolve(GROUP + sampler + ".jar"), staged);
    Files.move(staged, target(sampler), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces a jar by the same code under another bundle version. */
  void update(String sampler, String version) throws IOException {
    Path staged = staged(sampler);
    try (InputStream from = Files.newInputStream(jars.resolve(GROUP + sampler + ".jar"));
        OutputStream to = Files.newOutputStream(staged)) {
      copyWithVersion(from, to, version);
    }
    Files.move(
        staged,
        target(sampler),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  void remove(String sampler) throws IOException {
    Files.deleteIfExists(target(sampler));
  }

  static void copyWithVersion(InputStream from, OutputStream to, String version)
      throws IOException {
    try (JarInputStream in = new JarInputStream(from)) {
      Manifest manifest = new Manifest(in.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream out = new JarOutputStream(to, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
        }
      }
    }
  }

  Path jar(String sampler) {
    return jars.resolve(GROUP + sampler + ".jar");
  }

  private Path target(String sampler) {
    return deploy.resolve(sampler + ".jar");
  }

  private Path staged(String sampler) throws IOException {
    Path staged = jars.resolve(sampler + ".staged");
    Files.deleteIfExists(staged);
    return staged;
  }
}
