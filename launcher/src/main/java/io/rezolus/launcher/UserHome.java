package io.rezolus.launcher;

import java.nio.file.Path;

/** The home of whoever runs this: that of the environment, as for every other command. */
final class UserHome {
  private UserHome() {}

  static Path path() {
    String given = System.getenv("HOME");
    return Path.of(
        given != null && given.startsWith("/") ? given : System.getProperty("user.home"));
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
