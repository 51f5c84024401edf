package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every command that reads a recording, tried on one file after another: whatever is in the file, a
 * command does its work or says in one line why not, and then leaves everything as it was.
 */
final class CommandMatrix implements AutoCloseable {
  /** What a command that fails writes to, and would leave. */
  private static final String OUT = "out";

  /** What is said besides, also where it then comes to nothing. */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "^warning: | WARN Inputs - |: data for \\d of \\d indicators|^without data: ");

  private static final int LINE_MAX = 100_000;

  private final SampleFiles samples;
  private final Path work;
  private final Path temporary;
  private final Map<String, CommandProcess> processes = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int runs;

  /**
   * @param folder for working files
   */
  CommandMatrix(SampleFiles samples, Path folder) throws IOException {
    this.samples = samples;
    work = Files.createDirectories(folder.resolve("work"));
    temporary = folder.resolve("tmp");
  }

  /** Commands for a file called {@code in}, the undamaged sample of which is {@code whole}. */
  List<List<String>> commands(String whole) {
    String in = work.resolve("in").toString();
    String out = work.resolve(OUT).toString();
    String other = samples.file(whole).toString();
    String kpis = samples.file("kpis.json").toString();
    boolean archive = whole.endsWith(".rez");
    boolean pair = whole.endsWith(".tar");
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("recording", "metadata", "-i", in));
    commands.add(List.of("recording", "metadata", "-i", in, "--json"));
    commands.add(List.of("recording", "annotate", in, "--queries", kpis));
    if (!archive && !pair) {
      commands.add(
          List.of(
              "recording",
              "annotate",
              in,
              "--node",
              "web2",
              "--event",
              "time=2023-11-14T22:13:21Z,desc=x"));
      commands.add(List.of("recording", "filter", in, "--queries", kpis, "-o", out));
    } else {
      commands.add(List.of("recording", "filter", in, "--samplers", "demo", "-o", out));
    }
    commands.add(List.of("recording", "convert", in, "-o", out));
    commands.add(List.of("recording", "combine", in, other, "-o", out));
    commands.add(List.of("recording", "combine", other, in, "-o", out));
    commands.add(List.of("recording", "upgrade", in, "-o", out));
    commands.add(List.of("recording", "snapshot", in, "-o", out));
    for (String format : List.of("csv", "json", "arrow", "openmetrics")) {
      commands.add(List.of("recording", "export", in, "--to", format, "-o", out));
    }
    commands.add(List.of("query", in, "count(last_over_time({__name__=~\".+\"}[90y]))"));
    commands.add(List.of("query", in, "histogram_quantile(0.9, scheduler_runqueue_latency)"));
    return commands;
  }

  List<String> view() {
    return List.of("view", work.resolve("in").toString());
  }

  /**
   * Tries a command on a file.
   *
   * @param name of the case, for messages
   * @param log what lies beside it as its log; may be null
   * @return the outcome
   */
  CommandProcess.Outcome attempt(String name, byte[] file, byte[] log, List<String> command)
      throws IOException {
    clear();
    Path in = Files.write(work.resolve("in"), file);
    if (log != null) {
      Files.write(work.resolve("in-wal"), log);
    }
    CommandProcess process = process(command.get(0));
    Map<String, Long> before = files(temporary);
    CommandProcess.Outcome outcome;
    try {
      outcome = process.run(command.toArray(String[]::new));
    } catch (IOException e) {
      // another one for what comes next
      processes.remove(command.get(0)).close();
      expect(false, name + ": " + e.getMessage(), "");
      return new CommandProcess.Outcome(-1, "", "");
    }
    runs++;
    String what = name + ": " + String.join(" ", command) + " = " + outcome.status();
    String said = outcome.err();
    List<String> lines = said.lines().filter(line -> !PROGRESS.matcher(line).find()).toList();
    boolean edits = command.contains("annotate") && outcome.status() == 0;
    expect(outcome.status() == 0 || outcome.status() == 1, what, said);
    expect(!said.contains("Exception") && !said.contains("\tat "), what, said);
    expect(!said.contains("internal error"), what, said);
    expect(lines.stream().allMatch(line -> line.length() <= LINE_MAX), what, said);
    if (outcome.status() != 0) {
      expect(lines.size() == 1, what, said);
      boolean named = said.contains(work + "/") || said.contains(samples.folder() + "/");
      boolean other =
          said.contains("of 2 recordings are archives")
              || said.contains("is not in this recording")
              // which edit the one file they are given
              || command.contains("annotate")
              || command.contains("filter");
      expect(named || other, what, said);
      expect(!Files.exists(work.resolve(OUT)), what + " leaves its output", said);
    }
    expect(edits || Arrays.equals(file, Files.readAllBytes(in)), what + " changes the file", said);
    if (log != null && !edits) {
      expect(Arrays.equals(log, Files.readAllBytes(work.resolve("in-wal"))), what, said);
    }
    for (String left : files(work).keySet()) {
      boolean known = left.equals("in") || left.equals(OUT) || edits && left.startsWith("in-");
      expect(known || log != null && left.equals("in-wal"), what + " leaves " + left, said);
    }
    expect(files(temporary).equals(before), what + " leaves " + files(temporary).keySet(), said);
    for (String answer : outcome.answers().lines().toList()) {
      expect(answer.matches("[245]\\d\\d .*") && !answer.contains("Exception"), what, answer);
    }
    return outcome;
  }

  /** Notes what is not as it has to be. */
  void expect(boolean right, String what, String said) {
    if (!right) {
      complaints.add(what + "\n    " + said.strip().replace("\n", "\n    "));
    }
  }

  /** Fails where something was not as it has to be. */
  void verdict() throws IOException {
    for (Map.Entry<String, CommandProcess> process : processes.entrySet()) {
      long peak = process.getValue().peakMebibytes();
      expect(peak < 700, process.getKey() + " needed " + peak + " MiB", "");
    }
    List<String> found = List.copyOf(complaints);
    String all = found.size() + " complaints after " + runs + " runs:\n";
    complaints.clear();
    runs = 0;
    assertTrue(
        found.isEmpty(),
        () -> all + String.join("\n", found.subList(0, Math.min(30, found.size()))));
  }

  private CommandProcess process(String command) throws IOException {
    CommandProcess process = processes.get(command);
    if (process == null) {
      process = CommandProcess.start(command, temporary.resolve(command));
      processes.put(command, process);
      // whatever a process unpacks once
      process.run(command, "--help");
    }
    return process;
  }

  private void clear() throws IOException {
    for (String file : files(work).keySet()) {
      Files.delete(work.resolve(file));
    }
  }

  /** Files and folders below a folder and their sizes, without those that a start unpacks. */
  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder, 2)) {
        for (Path file : all.filter(file -> !file.equals(folder)).toList()) {
          files.put(folder.relativize(file).toString(), 0L);
        }
      }
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    for (CommandProcess process : processes.values()) {
      process.close();
    }
  }
}
