package io.rezolus.launcher;

import java.io.IOException;
import org.osgi.framework.BundleException;

/** Entry point of every {@code rezolus} process. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> die(error));
    int status;
    try {
      status = run(args);
    } catch (LaunchException e) {
      System.err.println("rezolus: " + e.getMessage());
      status = e.exitCode();
    } catch (Throwable e) {
      die(e);
      return;
    }
    System.out.flush();
    System.exit(status);
  }

  private static int run(String[] args)
      throws LaunchException, IOException, BundleException, InterruptedException {
    Home home = Home.find();
    Invocation invocation = Invocation.parse(args, home.commands());
    if (invocation.mode().equals(CommandTable.NO_MODE)) {
      return ShellClient.run(invocation.arguments().subList(1, invocation.arguments().size()));
    }
    StartSignals signals = new StartSignals(invocation.isAgent());
    LogSettings.apply(invocation);
    if (invocation.isAgent()) {
      // an agent has no data for standard output, whatever a bundle prints
      System.setOut(System.err);
    }
    try (ModeRunner runner = new ModeRunner(home, invocation)) {
      signals.started();
      return runner.run(invocation);
    }
  }

  /** A defect: one line, and no half-dead process. The trace is for {@code -Drezolus.trace}. */
  private static void die(Throwable error) {
    if (isEnding()) {
      return; // a signal ends the process, and what it stands on is being removed
    }
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (Boolean.getBoolean("rezolus.trace")) {
      error.printStackTrace();
    }
    StackTraceElement[] trace = root.getStackTrace();
    System.err.println(
        "rezolus: internal error: " + root + (trace.length > 0 ? " at " + trace[0] : ""));
    Runtime.getRuntime().halt(LaunchException.INTERNAL);
  }

  private static boolean isEnding() {
    Thread probe = new Thread("rezolus-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
