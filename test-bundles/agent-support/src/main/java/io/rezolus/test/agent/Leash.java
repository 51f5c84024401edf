package io.rezolus.test.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes a process end when the one that started it does, also where that one is killed and
 * ends nothing itself. It is the pipe of the standard input that tells; the process has none.
 */
public final class Leash {
  /** The last line of the watcher: only while its parent lives is the number still the parent's. */
  private static final String WATCHED =
      """
      exec 3<&0 </dev/null
      (
        exec >/dev/null 2>&1
        while read -r line <&3; do :; done
        read -r pid name state parent rest </proc/self/stat
        [ "$parent" = "$$" ] && kill -KILL "$$"
      ) &
      exec 3<&-
      exec "$@"
      """;

  private Leash() {}

  /** A command line that runs another one in its own process. */
  public static List<String> on(List<String> command) {
    List<String> line = new ArrayList<>(List.of("sh", "-c", WATCHED, "leash"));
    line.addAll(command);
    return line;
  }
}
