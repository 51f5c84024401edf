package io.rezolus.core.deploy;

import java.io.File;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays the jars that File Install finds over the bundles that are installed: a jar takes the place
 * of the bundle of its symbolic name, whatever the two versions, and gives it back when it is
 * removed. Of several jars with one name the newest version counts. Whoever put a jar there meant
 * it, so that an older version also counts against an installed newer one.
 */
final class Overlay implements ArtifactInstaller, BundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(Overlay.class);
  private static final Comparator<DeployedJar> BY_VERSION =
      Comparator.comparing(DeployedJar::version).thenComparing(DeployedJar::file);

  private final BundleContext context;
  private final Map<File, DeployedJar> jars = new TreeMap<>();
  private final Map<String, Place> places = new TreeMap<>();

  Overlay(BundleContext context) {
    this.context = context;
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar");
  }

  @Override
  public void install(File file) {
    update(file);
  }

  @Override
  public synchronized void update(File file) {
    DeployedJar former = jars.remove(file);
    try {
      DeployedJar jar = DeployedJar.of(file);
      if (keepsThisRunning(jar.name())) {
        LOG.warn(
            "{}: {} cannot be replaced while it runs; put the jar into bundles/ and restart",
            file.getName(),
            jar.name());
      } else {
        jars.put(file, jar);
        Place place = settle(jar.name());
        if (place.jar() != null && place.jar() != jar) {
          LOG.info(
              "{}: {} {} is not used, {} has {}",
              file.getName(),
              jar.name(),
              jar.version(),
              place.jar().file().getName(),
              place.jar().version());
        }
      }
    } catch (IOException e) {
      LOG.warn("{}: not a bundle: {}", file.getName(), e.getMessage());
    }
    if (former != null
        && (!jars.containsKey(file) || !jars.get(file).name().equals(former.name()))) {
      settle(former.name());
    }
  }

  @Override
  public synchronized void uninstall(File file) {
    DeployedJar former = jars.remove(file);
    if (former != null) {
      settle(former.name());
    }
  }

  /** What could not start may lack what has just come. */
  @Override
  public synchronized void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.INSTALLED || event.getType() == BundleEvent.UPDATED) {
      for (Place place : places.values()) {
        if (place.jar() != null) {
          try {
            place.start();
          } catch (BundleException e) {
            LOG.debug("{} still does not start", place.jar().name(), e);
          }
        }
      }
    }
  }

  private boolean keepsThisRunning(String name) {
    return name.equals(context.getBundle().getSymbolicName())
        || name.equals(FrameworkUtil.getBundle(ArtifactInstaller.class).getSymbolicName());
  }

  /** Brings the place of a name in line with the jars. */
  private Place settle(String name) {
    Place place = places.computeIfAbsent(name, key -> new Place(context, key));
    Optional<DeployedJar> newest =
        jars.values().stream().filter(jar -> jar.name().equals(name)).max(BY_VERSION);
    if (newest.isEmpty()) {
      places.remove(name);
    } else if (newest.get() == place.jar()) {
      return place;
    }
    String before = place.version();
    try {
      if (newest.isPresent()) {
        place.fill(newest.get());
      } else {
        place.empty();
      }
      tell(name, before, place);
    } catch (BundleException | IOException e) {
      LOG.warn(
          "{}: {} does not start: {}",
          newest.map(jar -> jar.file().getName()).orElse("without a jar in deploy"),
          name,
          briefly(e.getMessage()));
    }
    return place;
  }

  private void tell(String name, String before, Place place) {
    String now = place.version();
    if (now == null) {
      LOG.info("{} {} is removed", name, before);
    } else if (place.jar() == null) {
      LOG.info("{} {} is back, without a jar in deploy", name, now);
    } else if (before == null) {
      LOG.info("{} {} is installed from {}", name, now, place.jar().file().getName());
    } else {
      LOG.info(
          "{} {} from {} is in the place of {}", name, now, place.jar().file().getName(), before);
    }
  }

  /** Without what the framework repeats, and its numbers of revisions. */
  private static String briefly(String message) {
    return message == null
        ? "no reason given"
        : message
            .replaceAll("\\s*\\R\\s*", " ")
            .replaceFirst(" Unresolved requirements: .*", "")
            .replaceAll("(\\[\\S+ )?\\[\\d+\\]\\(R [\\d.]+\\)\\]? ?", "");
  }
}
