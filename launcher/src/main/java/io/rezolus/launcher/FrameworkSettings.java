package io.rezolus.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Framework properties of one run. */
final class FrameworkSettings {
  /** Absolute path of the agent's configuration file; absent outside agent mode. */
  private static final String CONFIG = "rezolus.config";

  /** Lines of {@code name=summary}, every sub-command of the distribution. */
  private static final String COMMANDS = "rezolus.commands";

  /** Both slf4j generations: bundles from before 2.0 import [1.7,2). */
  private static final String SYSTEM_PACKAGES =
      "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,"
          + "org.slf4j.helpers;version=2.0.17,org.slf4j.spi;version=2.0.17,"
          + "org.slf4j;version=1.7.36,org.slf4j.event;version=1.7.36,"
          + "org.slf4j.helpers;version=1.7.36,org.slf4j.spi;version=1.7.36,sun.misc";

  private FrameworkSettings() {}

  static Map<String, String> of(Home home, Invocation invocation, Path privateDirectory) {
    Map<String, String> settings = new HashMap<>();
    settings.put("org.osgi.framework.storage", privateDirectory.resolve("cache").toString());
    settings.put("org.osgi.framework.storage.clean", "onFirstInit");
    settings.put("org.osgi.framework.system.packages.extra", SYSTEM_PACKAGES);
    settings.put("felix.cache.locking", "false");
    settings.put("felix.log.level", "1");
    if (!LogSettings.everything()) {
      // a component that fails is a stack trace to SCR; the agent logs the reason in a line
      settings.put("ds.loglevel", "0");
    }
    settings.put("gosh.args", "--nointeractive");
    settings.put("rezolus.home", home.directory().toString());
    settings.put("rezolus.version", home.version());
    settings.put(COMMANDS, home.commands().summaries());
    // the HTTP service stays off until a configuration says where it listens
    settings.put("org.apache.felix.http.host", "127.0.0.1");
    settings.put("org.osgi.service.http.port", "-1");
    if (invocation.isAgent()) {
      settings.put(CONFIG, invocation.config().toString());
      settings.put(ShellSocket.PROPERTY, ShellSocket.path().toString());
      // a few clients a second: one thread selects and accepts, a request changes threads less
      // often
      settings.put("org.apache.felix.http.jetty.acceptors", "0");
      settings.put("org.apache.felix.http.jetty.selectors", "1");
      settings.put("org.apache.felix.http.jetty.threadpool.max", "16");
      Path deploy = home.directory().resolve("deploy");
      settings.put(
          "felix.fileinstall.dir", System.getProperty("rezolus.deploy", deploy.toString()));
      settings.put("felix.fileinstall.filter", ".*\\.jar");
      settings.put("felix.fileinstall.tmpdir", privateDirectory.resolve("deploy").toString());
      settings.put("felix.fileinstall.poll", "1000");
      settings.put("felix.fileinstall.noInitialDelay", "true");
      settings.put("felix.fileinstall.enableConfigSave", "false");
      settings.put("felix.fileinstall.log.level", "1");
      settings.put("felix.fileinstall.log.default", "jul");
    }
    return settings;
  }

  /** Where libraries that unpack natives on their own shall do so. */
  static void unpackNativesBelow(Path privateDirectory) {
    for (String library :
        List.of("jna.tmpdir", "ZstdTempFolder", "org.sqlite.tmpdir", "org.xerial.snappy.tempdir")) {
      System.setProperty(library, privateDirectory.toString());
    }
  }
}
