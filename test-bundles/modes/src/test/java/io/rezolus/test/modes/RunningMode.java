package io.rezolus.test.modes;

import io.rezolus.test.agent.Leash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of the distribution while it runs, its standard output and error in files. */
final class RunningMode implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 180_000;
  private static final Pattern ADDRESS =
      Pattern.compile(" (?:at|on) (http://127\\.0\\.0\\.1:\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningMode(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts {@code bin/rezolus} in a folder, which also gets the output. */
  static RunningMode start(Path folder, String... arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  /** The same with variables added to the environment. */
  static RunningMode start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(List.of(), folder, environment, arguments);
  }

  /**
   * The same below another command.
   *
   * @param wrapper runs the command behind it, for example with less privilege
   */
  static RunningMode start(
      List<String> wrapper, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("rezolus.distribution"), "bin", "rezolus").toString());
    command.addAll(List.of(arguments));
    // behind the wrapper, as a leash does not hold through a change of user
    List<String> line = new ArrayList<>(wrapper);
    line.addAll(Leash.on(command));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // beside whatever agent this machine has
    builder.environment().put("REZOLUS_SHELL_SOCKET", folder.resolve("shell.sock").toString());
    builder.environment().putAll(environment);
    return new RunningMode(builder.start(), out, err);
  }

  /**
   * Starts hindsight, its HTTP at any free port.
   *
   * @param agent port of the agent
   */
  static RunningMode hindsight(Path folder, int agent, Path output) throws IOException {
    Path config =
        Files.writeString(
            Files.createTempFile(folder, "hindsight", ".toml"),
            """
            [general]
            interval = "200ms"
            duration = "1m"
            source = "127.0.0.1:%d"
            output = "%s"
            listen = "127.0.0.1:0"
            """
                .formatted(agent, output));
    return start(folder, "hindsight", config.toString());
  }

  /** Runs a command to its end. */
  static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
    try (RunningMode mode = start(folder, arguments)) {
      return mode.end();
    }
  }

  /** How a command ended. */
  record Outcome(int status, String out, String err) {}

  /** Waits until it has said something on standard error. */
  String await(String text) throws IOException, InterruptedException {
    return await(text, 1);
  }

  /** Waits until it has said something several times. */
  String await(String text, int times) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (said().split(Pattern.quote(text), -1).length <= times) {
      if (System.currentTimeMillis() > end || !process.isAlive()) {
        throw new AssertionError("not said " + times + " times: " + text + "\n" + said());
      }
      Thread.sleep(20);
    }
    return said();
  }

  private String said() throws IOException {
    return Files.readString(err);
  }

  /** Waits until it tells where it listens; gives the URL without a path. */
  String url() throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    Matcher address = ADDRESS.matcher(said());
    while (!address.find()) {
      if (System.currentTimeMillis() > end || !process.isAlive()) {
        throw new AssertionError("does not listen\n" + said());
      }
      Thread.sleep(20);
      address = ADDRESS.matcher(said());
    }
    return address.group(1);
  }

  HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  String text(String url) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(url);
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  String post(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end. */
  Outcome end() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running\n" + said());
    }
    return new Outcome(process.exitValue(), Files.readString(out), said());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
