package io.rezolus.core.cli;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line of this process: every {@link Subcommand} service is part of it. The launcher
 * calls this service with the process's arguments and exits with the result.
 */
@Component(service = ToIntFunction.class, property = "rezolus.main=command")
public final class CommandMain implements ToIntFunction<String[]> {
  private static final Logger LOG = LoggerFactory.getLogger(CommandMain.class);

  private final List<Subcommand> subcommands = new CopyOnWriteArrayList<>();
  private final String version;
  private final String summaries;

  @Activate
  public CommandMain(BundleContext context) {
    version = property(context, "rezolus.version", "unknown");
    summaries = property(context, "rezolus.commands", "");
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSubcommand(Subcommand subcommand) {
    subcommands.add(subcommand);
  }

  void removeSubcommand(Subcommand subcommand) {
    subcommands.remove(subcommand);
  }

  /** Runs the arguments and returns the process's exit status. */
  @Override
  public int applyAsInt(String[] args) {
    CommandLine commandLine = TopLevel.commandLine(subcommands, version, summaries);
    commandLine.setParameterExceptionHandler(CommandMain::usageError);
    commandLine.setExecutionExceptionHandler(CommandMain::failure);
    int status = commandLine.execute(args);
    commandLine.getOut().flush();
    // print streams keep to themselves that they could not write
    if (System.out.checkError() && status == ExitCode.OK) {
      if (!isPipe()) {
        commandLine
            .getErr()
            .println(
                "rezolus: standard output: not all could be written; is there space left on the"
                    + " device?");
      }
      return ExitCode.FAILURE;
    }
    return status;
  }

  /** Whoever reads a pipe may stop when it has enough, and knows that it did. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  private static int usageError(ParameterException error, String[] args) {
    CommandLine commandLine = error.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    err.println(name + ": " + oneLine(error.getMessage()));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("Try '" + name + " --help' for the options.");
    err.flush();
    return ExitCode.USAGE;
  }

  private static int failure(
      Exception error, CommandLine commandLine, CommandLine.ParseResult arguments) {
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    commandLine.getOut().flush();
    if (error instanceof CommandException expected) {
      err.println(name + ": " + oneLine(expected.getMessage()));
      err.flush();
      return expected.exitCode();
    }
    LOG.debug("defect in {}", name, error);
    err.println(name + ": internal error: " + oneLine(error.toString()) + " (-v shows more)");
    err.flush();
    return ExitCode.INTERNAL;
  }

  private static String oneLine(String message) {
    return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String property(BundleContext context, String key, String otherwise) {
    String value = context.getProperty(key);
    return value == null ? otherwise : value;
  }
}
