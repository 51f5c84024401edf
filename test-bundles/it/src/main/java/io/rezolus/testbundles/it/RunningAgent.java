package io.rezolus.testbundles.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** The agent in this framework, asked over HTTP as anybody would. */
final class RunningAgent {
  private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final BundleContext context =
      FrameworkUtil.getBundle(RunningAgent.class).getBundleContext();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Body of a GET that must succeed. */
  String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create(endpoint()).resolve(path);
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(uri + ": HTTP " + response.statusCode());
    }
    return response.body();
  }

  /** One sampler of {@code /samplers}. */
  Optional<JsonObject> sampler(String name) throws IOException, InterruptedException {
    for (JsonElement each : JsonParser.parseString(get("/samplers")).getAsJsonArray()) {
      if (each.getAsJsonObject().get("name").getAsString().equals(name)) {
        return Optional.of(each.getAsJsonObject());
      }
    }
    return Optional.empty();
  }

  /** Counters of a sampler in the next scrape, by series; empty where it has none. */
  Map<String, Long> counters(String sampler) throws IOException, InterruptedException {
    Map<String, Long> values = new TreeMap<>();
    JsonObject snapshot = JsonParser.parseString(get("/metrics/json")).getAsJsonObject();
    if (!snapshot.has("groups")) {
      return values; // of the older format
    }
    for (JsonElement element : snapshot.getAsJsonArray("groups")) {
      JsonObject group = element.getAsJsonObject();
      if (group.get("name").getAsString().startsWith(sampler + "/")) {
        addCounters(group, values);
      }
    }
    return values;
  }

  /**
   * The counter of a sampler that has these labels among others; 0 while there is none.
   *
   * @param labels with {@code metric} for its name
   */
  long counter(String sampler, Map<String, String> labels)
      throws IOException, InterruptedException {
    JsonObject snapshot = JsonParser.parseString(get("/metrics/json")).getAsJsonObject();
    for (JsonElement element : snapshot.getAsJsonArray("groups")) {
      JsonObject group = element.getAsJsonObject();
      JsonArray members = group.getAsJsonObject("schema").getAsJsonArray("counters");
      for (int i = 0; i < members.size(); i++) {
        JsonObject metadata = members.get(i).getAsJsonObject().getAsJsonObject("metadata");
        JsonElement value = group.getAsJsonArray("counters").get(i);
        if (group.get("name").getAsString().startsWith(sampler + "/")
            && !value.isJsonNull()
            && labels.entrySet().stream()
                .allMatch(label -> has(metadata, label.getKey(), label.getValue()))) {
          return value.getAsLong();
        }
      }
    }
    return 0;
  }

  private static boolean has(JsonObject metadata, String key, String value) {
    return metadata.has(key) && metadata.get(key).getAsString().equals(value);
  }

  private static void addCounters(JsonObject group, Map<String, Long> values) {
    JsonArray members = group.getAsJsonObject("schema").getAsJsonArray("counters");
    JsonArray counters = group.getAsJsonArray("counters");
    for (int i = 0; i < members.size(); i++) {
      if (!counters.get(i).isJsonNull()) {
        String series = members.get(i).getAsJsonObject().get("name").getAsString();
        values.put(series, counters.get(i).getAsLong());
      }
    }
  }

  /** Asks until the answer is as wanted; fails with the last answer when it never is. */
  <T> T await(String what, Question<T> question, Predicate<T> wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.ask();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + " never came; the last answer was " + answer);
      }
      Thread.sleep(20);
      answer = question.ask();
    }
    return answer;
  }

  /** Something that is asked repeatedly. */
  interface Question<T> {
    T ask() throws Exception;
  }

  private String endpoint() throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      ServiceReference<?> runtime = context.getServiceReference(RUNTIME);
      Object endpoints = runtime == null ? null : runtime.getProperty("osgi.http.endpoint");
      if (endpoints instanceof String[] several && several.length > 0) {
        return several[0];
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the HTTP service does not come up");
  }
}
