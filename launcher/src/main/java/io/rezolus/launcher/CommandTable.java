package io.rezolus.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sub-commands and the mode each of them runs in. */
record CommandTable(List<Command> commands) {

  /** Mode of commands that need no framework. */
  static final String NO_MODE = "-";

  /**
   * @param otherNames names that also work and that no help mentions
   * @param summary what it does, in a few words
   */
  record Command(String name, List<String> otherNames, String mode, String summary) {}

  static CommandTable parse(List<String> lines) {
    List<Command> commands = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] fields = line.split("\\s+", 3);
        List<String> names = List.of(fields[0].split(","));
        commands.add(
            new Command(names.get(0), names.subList(1, names.size()), fields[1], fields[2]));
      }
    }
    return new CommandTable(List.copyOf(commands));
  }

  Optional<Command> find(String name) {
    return commands.stream()
        .filter(command -> command.name().equals(name) || command.otherNames().contains(name))
        .findFirst();
  }

  /** The command {@code word} is most likely meant to be, if it is close to any. */
  Optional<String> nearest(String word) {
    String best = null;
    int bestDistance = Math.max(1, word.length() / 2);
    for (Command command : commands) {
      int distance = distance(word, command.name());
      if (distance <= bestDistance && (best == null || distance < bestDistance)) {
        best = command.name();
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** One {@code name=summary} a line, for the top-level help. */
  String summaries() {
    StringBuilder text = new StringBuilder();
    for (Command command : commands) {
      text.append(command.name()).append('=').append(command.summary()).append('\n');
    }
    return text.toString();
  }

  /** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
