package io.rezolus.core.deploy;

import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Offers the overlay to File Install. An activator rather than a component, so that it is there
 * before File Install starts and looks into the directory for the first time: bundles start in the
 * order of their names.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DeployActivator implements BundleActivator {
  private Overlay overlay;

  @Override
  public void start(BundleContext context) {
    overlay = new Overlay(context);
    context.addBundleListener(overlay);
    context.registerService(ArtifactInstaller.class, overlay, null);
  }

  @Override
  public void stop(BundleContext context) {
    context.removeBundleListener(overlay);
  }
}
