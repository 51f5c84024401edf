package io.rezolus.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Configures slf4j-simple, which reads system properties once, before the first logger is made.
 * Everything goes to standard error. Third-party bundles speak up from warnings on, or from the
 * chosen level on where that is debug or trace; the HTTP service does so at trace only.
 */
final class LogSettings {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[\\[?\\s*([^]]*?)\\s*]]?\\s*(#.*)?");
  private static final String LOG_KEY = "(?:log|\"log\"|'log')";
  private static final String LEVEL_IS =
      "(?:level|\"level\"|'level')\\s*=\\s*([\"'])(?<level>error|warn|info|debug|trace)\\1";

  /** The three ways to write the key: below {@code [log]}, with a dot, and in braces. */
  private static final Pattern IN_TABLE = Pattern.compile("\\s*" + LEVEL_IS + "\\s*(#.*)?");

  private static final Pattern DOTTED =
      Pattern.compile("\\s*" + LOG_KEY + "\\s*\\.\\s*" + LEVEL_IS + "\\s*(#.*)?");
  private static final Pattern INLINE =
      Pattern.compile("\\s*" + LOG_KEY + "\\s*=\\s*\\{(?:[^}#]*,)?\\s*" + LEVEL_IS + "\\s*[,}].*");

  private LogSettings() {}

  static void apply(Invocation invocation) {
    String level =
        invocation.settings() != null
            ? levelIn(invocation.settings())
            : switch (invocation.verbosity()) {
              case 0 -> "warn";
              case 1 -> "debug";
              default -> "trace";
            };
    boolean everything = level.equals("debug") || level.equals("trace");
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    System.setProperty(
        "org.slf4j.simpleLogger.defaultLogLevel",
        everything ? level : level.equals("error") ? "error" : "warn");
    System.setProperty("org.slf4j.simpleLogger.log.io.rezolus", level);
    if (level.equals("debug")) {
      // the HTTP service has two hundred lines to say of each request; trace shows them
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.felix.http", "info");
      System.setProperty("org.slf4j.simpleLogger.log.org.eclipse.jetty", "info");
    }
    if (!everything) {
      // a port in use is a stack trace to Jetty; the agent says it in a line
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.felix.http", "off");
      System.setProperty("org.slf4j.simpleLogger.log.org.eclipse.jetty", "off");
      // what is wrong with a file is an error that a command tells, and not a line for each column
      System.setProperty("org.slf4j.simpleLogger.log.org.apache.parquet", "error");
    }
  }

  /** Whether the chosen level lets third-party bundles say everything. */
  static boolean everything() {
    return LoggerFactory.getLogger(LogSettings.class).isDebugEnabled();
  }

  /**
   * The key {@code level} of the table {@code log}, {@code info} where it is absent. Only this one
   * key is looked at; a file that is wrong otherwise is reported by who reads all of it.
   */
  static String levelIn(Path toml) {
    String table = "";
    try {
      for (String line : Files.readAllLines(toml, StandardCharsets.UTF_8)) {
        Matcher header = TABLE.matcher(line);
        if (header.matches()) {
          table = header.group(1);
          continue;
        }
        List<Pattern> forms =
            table.isEmpty()
                ? List.of(DOTTED, INLINE)
                : table.matches(LOG_KEY) ? List.of(IN_TABLE) : List.of();
        for (Pattern form : forms) {
          Matcher level = form.matcher(line);
          if (level.matches()) {
            return level.group("level");
          }
        }
      }
    } catch (IOException e) {
      return "info";
    }
    return "info";
  }
}
