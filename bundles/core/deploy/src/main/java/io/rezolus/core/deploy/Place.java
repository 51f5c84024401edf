package io.rezolus.core.deploy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The place of one bundle, by symbolic name: filled by a jar, or by what was installed without any.
 * A jar that takes the place is an update of the bundle there, so that it takes over what the
 * bundle hands on.
 */
final class Place {
  private static final String LOCATION = "deploy:";
  private static final long REFRESH_SECONDS = 10;

  private final BundleContext context;
  private final String name;
  private Bundle bundle;
  private DeployedJar jar;

  Place(BundleContext context, String name) {
    this.context = context;
    this.name = name;
    for (Bundle installed : context.getBundles()) {
      if (name.equals(installed.getSymbolicName())) {
        bundle = installed;
        break;
      }
    }
  }

  /** What fills it; null where no jar does. */
  DeployedJar jar() {
    return jar;
  }

  /** Whether a bundle that does not come from a jar of the directory stands here or would. */
  private boolean original() {
    return exists() && !bundle.getLocation().startsWith(LOCATION);
  }

  private boolean exists() {
    return bundle != null && bundle.getState() != Bundle.UNINSTALLED;
  }

  /** The version that is there, or null for none. */
  String version() {
    return exists() ? bundle.getVersion().toString() : null;
  }

  /**
   * @throws BundleException when it cannot be installed, and nothing has changed, or does not start
   */
  void fill(DeployedJar with) throws BundleException, IOException {
    try (InputStream content =
        new BufferedInputStream(Files.newInputStream(with.file().toPath()))) {
      if (exists()) {
        bundle.update(content);
      } else {
        bundle = context.installBundle(LOCATION + name, content);
      }
    }
    jar = with;
    refresh();
    start();
  }

  /** Gives the place back to what was there without a jar. */
  void empty() throws BundleException {
    jar = null;
    if (original()) {
      bundle.update(); // from where it was installed
      refresh();
      start();
    } else if (exists()) {
      bundle.uninstall();
      refresh();
    }
  }

  /** Whether it has a bundle that is to run and does not. */
  boolean idle() {
    return exists()
        && (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED)
        && !fragment();
  }

  void start() throws BundleException {
    if (idle()) {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    }
  }

  private boolean fragment() {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null
        || (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /** Wires those who used the former content to the present one. */
  private void refresh() {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    if (wiring.getRemovalPendingBundles().isEmpty()) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    wiring.refreshBundles(null, event -> done.countDown());
    try {
      done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
