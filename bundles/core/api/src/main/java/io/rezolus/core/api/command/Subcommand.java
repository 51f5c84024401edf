package io.rezolus.core.api.command;

import java.util.concurrent.Callable;

/**
 * A sub-command of {@code rezolus}: register an object annotated with picocli's {@code @Command} as
 * a service of this type and it is part of the command line for as long as its bundle runs.
 *
 * <p>{@link #call} returns the process's exit status (see {@link ExitCode}). Standard output is for
 * data only; progress and messages go to standard error. An expected failure is a {@link
 * CommandException}, printed as one line.
 */
public interface Subcommand extends Callable<Integer> {}
