package io.rezolus.core.deploy;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar of the directory that is watched.
 *
 * @param name symbolic name of the bundle it holds
 */
record DeployedJar(File file, String name, Version version) {

  /**
   * @throws IOException when it is no bundle; the message says why
   */
  static DeployedJar of(File file) throws IOException {
    Manifest manifest;
    try (JarFile jar = new JarFile(file)) {
      manifest = jar.getManifest();
    }
    String name = manifest == null ? null : header(manifest, Constants.BUNDLE_SYMBOLICNAME);
    if (name == null) {
      throw new IOException("its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
    }
    try {
      return new DeployedJar(
          file,
          name.replaceFirst(";.*", "").strip(),
          Version.parseVersion(header(manifest, Constants.BUNDLE_VERSION)));
    } catch (IllegalArgumentException e) {
      throw new IOException(Constants.BUNDLE_VERSION + ": " + e.getMessage(), e);
    }
  }

  private static String header(Manifest manifest, String name) {
    return manifest.getMainAttributes().getValue(name);
  }
}
