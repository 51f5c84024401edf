package io.rezolus.core.cli;

import io.rezolus.core.api.command.Subcommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rezolus} itself: help, version and the sub-commands. */
@Command(name = "rezolus")
final class TopLevel implements Runnable {

  @Spec private CommandSpec spec;

  private TopLevel() {}

  /**
   * @param summaries lines of {@code name=what it does}, every command of the distribution
   */
  static CommandLine commandLine(List<Subcommand> subcommands, String version, String summaries) {
    CommandLine commandLine = new CommandLine(new TopLevel());
    for (Subcommand subcommand : subcommands) {
      commandLine.addSubcommand(new CommandLine(subcommand));
    }
    complete(commandLine.getCommandSpec(), version);
    commandLine
        .getCommandSpec()
        .usageMessage()
        .customSynopsis("rezolus CONFIG.toml", "       rezolus COMMAND [OPTIONS]")
        .description(
            "High-resolution telemetry of a Linux machine: scheduler, system calls, CPU and memory,",
            "measured in the kernel and read when somebody asks.",
            "",
            "With a configuration file it is the agent, in the foreground.",
            "Start with: rezolus capture --duration 30s")
        .footer(footer(summaries));
    // all commands are in the footer, also those whose bundles are not part of this run
    commandLine.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    commandLine.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return commandLine;
  }

  /** Gives a command and those below it the options that all have, unless they define them. */
  private static void complete(CommandSpec command, String version) {
    for (CommandLine below : new LinkedHashSet<>(command.subcommands().values())) {
      complete(below.getCommandSpec(), version);
    }
    command.version("rezolus " + version);
    command.usageMessage().width(100);
    addIfAbsent(
        command,
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this help.").build());
    addIfAbsent(
        command,
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
    // counted by the launcher, which sets up logging before any bundle runs
    addIfAbsent(
        command,
        OptionSpec.builder("-v")
            .type(boolean[].class)
            .arity("0")
            .description("Log more; twice for everything.")
            .build());
  }

  private static void addIfAbsent(CommandSpec command, OptionSpec option) {
    for (String name : option.names()) {
      if (command.optionsMap().containsKey(name)) {
        return;
      }
    }
    command.addOption(option);
  }

  private static String[] footer(String summaries) {
    List<String> lines = new ArrayList<>(List.of("", "COMMANDS"));
    for (String line : summaries.split("\n")) {
      int end = line.indexOf('=');
      if (end > 0) {
        lines.add(String.format("  %-10s %s", line.substring(0, end), line.substring(end + 1)));
      }
    }
    lines.addAll(
        List.of(
            "",
            "EXAMPLES",
            "  rezolus config/agent.toml                             run the agent",
            "  rezolus capture --duration 30s                        measure this machine once",
            "  rezolus record --duration 5m -o five-minutes.parquet  record the local agent",
            "  rezolus help record                                   options of a command"));
    return lines.toArray(String[]::new);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command or a configuration file is missing");
  }
}
