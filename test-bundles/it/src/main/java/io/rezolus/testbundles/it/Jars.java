package io.rezolus.testbundles.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Installed bundles and the jars they came from. */
final class Jars {
  private Jars() {}

  /** The one installed bundle of this symbolic name. */
  static Bundle bundle(String name) {
    Bundle found = null;
    for (Bundle bundle : FrameworkUtil.getBundle(Jars.class).getBundleContext().getBundles()) {
      if (bundle.getSymbolicName().equals(name)) {
        if (found != null) {
          throw new AssertionError(name + " is installed twice: " + found + ", " + bundle);
        }
        found = bundle;
      }
    }
    if (found == null) {
      throw new AssertionError(name + " is not installed");
    }
    return found;
  }

  /** The jar an installed bundle came from. */
  static byte[] of(Bundle bundle) throws IOException {
    URI location = URI.create(bundle.getLocation().replaceFirst("^reference:", ""));
    try (InputStream in = location.toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  /** The same code under another bundle version. */
  static byte[] withVersion(byte[] jar, String version) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
      Manifest manifest = new Manifest(in.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream out = new JarOutputStream(changed, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
        }
      }
    }
    return changed.toByteArray();
  }
}
