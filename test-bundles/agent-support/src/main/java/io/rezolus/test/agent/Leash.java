package io.rezolus.test.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a process end when the one that started it does, also where that one is killed and
 * ends nothing itself. It holds through the starts of other programs in the same process.
 */
public final class Leash {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private Leash() {}

  /** A command line behind it; as it is where the machine has no setpriv(1). */
  public static List<String> on(List<String> command) {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETPRIV)) {
      line.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    line.addAll(command);
    return line;
  }
}
