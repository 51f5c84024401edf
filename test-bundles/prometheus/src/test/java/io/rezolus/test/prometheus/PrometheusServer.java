package io.rezolus.test.prometheus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.test.agent.Leash;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Prometheus server of its own on a free port, with samples that were loaded before. */
final class PrometheusServer implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private PrometheusServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** The folder with the programs: where the build unpacked them, else on the path. */
  static Optional<Path> programs() {
    List<Path> places = new ArrayList<>();
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path base = cache == null || cache.isEmpty() ? home : Path.of(cache);
    places.add(base.resolve("rezolus/prometheus/usr/bin"));
    for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
      places.add(Path.of(place));
    }
    return places.stream()
        .filter(p -> Files.isExecutable(p.resolve("prometheus")))
        .filter(p -> Files.isExecutable(p.resolve("promtool")))
        .findFirst();
  }

  /**
   * Loads samples and starts the server.
   *
   * @param folder empty; everything is put there
   */
  static PrometheusServer start(Path programs, SampleSet samples, Path folder)
      throws IOException, InterruptedException {
    Path text = folder.resolve("samples.om");
    Path blocks = folder.resolve("blocks");
    samples.write(text);
    Process load =
        new ProcessBuilder(
                programs.resolve("promtool").toString(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                text.toString(),
                blocks.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("load.log").toFile())
            .start();
    if (!load.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || load.exitValue() != 0) {
      load.destroyForcibly();
      throw new IOException("promtool: " + Files.readString(folder.resolve("load.log")));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path configuration = Files.writeString(folder.resolve("empty.yml"), "");
    Process process =
        new ProcessBuilder(
                Leash.on(
                    List.of(
                        programs.resolve("prometheus").toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + blocks,
                        "--storage.tsdb.retention.time=100y",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port);
    try {
      server.awaitReady();
    } catch (IOException | InterruptedException e) {
      server.close();
      throw new IOException(Files.readString(folder.resolve("server.log")), e);
    }
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/-/ready")).build();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // does not listen yet
      }
      Thread.sleep(50);
    }
    throw new IOException("the server did not become ready");
  }

  /** The answer at a time, seconds since the epoch; also one that says what went wrong. */
  JsonObject instant(String query, long time) throws IOException, InterruptedException {
    return ask("query", "query=" + encoded(query) + "&time=" + time);
  }

  /** The answer at the steps of a window in seconds. */
  JsonObject range(String query, long start, long end, long step)
      throws IOException, InterruptedException {
    String window = "&start=" + start + "&end=" + end + "&step=" + step;
    return ask("query_range", "query=" + encoded(query) + window);
  }

  private JsonObject ask(String what, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/" + what))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonParser.parseString(body).getAsJsonObject();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
