package io.rezolus.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An unpacked distribution; nothing in it is written.
 *
 * @param directory holds {@code lib}, {@code bundles}, {@code config} and {@code deploy}
 */
record Home(Path directory) {

  /** The directory named by {@code rezolus.home}, else the one above the launcher's own jar. */
  static Home find() throws LaunchException {
    String given = System.getProperty("rezolus.home");
    Path directory = given != null ? Path.of(given) : aboveOwnJar();
    if (!Files.isDirectory(directory.resolve("lib/modes"))) {
      throw new LaunchException(
          LaunchException.FAILURE,
          directory + ": not a distribution of rezolus, lib/modes is missing; unpack it again");
    }
    return new Home(directory.toAbsolutePath().normalize());
  }

  String version() {
    return lines("lib/version").get(0);
  }

  /** The sub-commands that lib/modes/commands lists. */
  CommandTable commands() {
    return CommandTable.parse(lines("lib/modes/commands"));
  }

  /** Jars of a mode. */
  List<Path> bundles(String mode) {
    List<Path> jars = new ArrayList<>();
    for (String jar : lines("lib/modes/" + mode + ".bundles")) {
      jars.add(directory.resolve("bundles").resolve(jar));
    }
    return jars;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(directory.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(directory.resolve(file) + ": cannot be read", e);
    }
  }

  private static Path aboveOwnJar() {
    String jar = Home.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(jar).getParent().getParent();
  }
}
