package io.rezolus.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param mode the mode to start, or {@link CommandTable#NO_MODE} for the shell client
 * @param arguments for the command, its name first; without meaning in agent mode
 * @param config the agent's configuration file; null for commands
 */
record Invocation(String mode, List<String> arguments, Path config) {

  private static final String AGENT = "agent";

  /** Carries the general help and every command that needs no samplers. */
  private static final String CLI = "cli";

  boolean isAgent() {
    return config != null;
  }

  /**
   * The file that says how much is logged: the agent's configuration, or that of a command which
   * takes one and nothing else; null where {@code -v} says it.
   */
  Path settings() {
    if (isAgent()) {
      return config;
    }
    boolean configured = arguments.size() == 2 && arguments.get(1).endsWith(".toml");
    return configured ? Path.of(arguments.get(1)) : null;
  }

  /** Number of {@code -v} among the command's own options. */
  int verbosity() {
    int count = 0;
    for (String argument : arguments) {
      if (argument.equals("--")) {
        break;
      }
      if (argument.matches("-v+")) {
        count += argument.length() - 1;
      } else if (argument.equals("--verbose")) {
        count++;
      }
    }
    return count;
  }

  static Invocation parse(String[] args, CommandTable commands) throws LaunchException {
    List<String> arguments = List.of(args);
    if (arguments.isEmpty()) {
      return new Invocation(CLI, List.of("--help"), null);
    }
    String first = args[0];
    if (first.equals("help")) {
      return help(args, commands);
    }
    if (first.startsWith("-")) {
      return new Invocation(CLI, arguments, null);
    }
    var command = commands.find(first);
    if (command.isPresent()) {
      return new Invocation(command.get().mode(), arguments, null);
    }
    return agent(args, commands);
  }

  /** {@code help <command>} is {@code <command> --help}, also of commands below another. */
  private static Invocation help(String[] args, CommandTable commands) throws LaunchException {
    if (args.length == 1) {
      return new Invocation(CLI, List.of("--help"), null);
    }
    var command = commands.find(args[1]);
    if (command.isEmpty()) {
      throw new LaunchException(
          LaunchException.USAGE, args[1] + ": no such command" + suggestion(args[1], commands));
    }
    List<String> arguments = new ArrayList<>(List.of(args).subList(1, args.length));
    arguments.add("--help");
    return new Invocation(command.get().mode(), List.copyOf(arguments), null);
  }

  private static Invocation agent(String[] args, CommandTable commands) throws LaunchException {
    Path file = Path.of(args[0]);
    if (!Files.isRegularFile(file)) {
      throw noConfiguration(args[0], commands);
    }
    if (args.length > 1) {
      throw new LaunchException(
          LaunchException.USAGE,
          args[1] + ": unexpected; the agent takes one configuration file and nothing else");
    }
    if (!Files.isReadable(file)) {
      throw new LaunchException(
          LaunchException.FAILURE, args[0] + ": may not be read by this user");
    }
    return new Invocation(AGENT, Arrays.asList(args), file.toAbsolutePath().normalize());
  }

  private static LaunchException noConfiguration(String word, CommandTable commands) {
    if (word.equals(AGENT)) {
      return new LaunchException(
          LaunchException.USAGE,
          "the agent is started with its configuration alone: rezolus config/agent.toml");
    }
    if (!word.endsWith(".toml")) {
      return new LaunchException(
          LaunchException.USAGE,
          word + ": neither a command nor a configuration file" + suggestion(word, commands));
    }
    return new LaunchException(
        LaunchException.FAILURE,
        word
            + (Files.exists(Path.of(word)) ? ": not a file" : ": no such configuration file")
            + "; config/agent.toml is the one shipped");
  }

  private static String suggestion(String word, CommandTable commands) {
    return commands
        .nearest(word)
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("; rezolus --help lists the commands");
  }
}
