package io.rezolus.core.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Function;

/**
 * A running agent, as given by the user.
 *
 * @param base scheme, host and port, without a trailing slash
 */
record AgentEndpoint(String base) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int USUAL_PORT = 4241;

  /**
   * @param text a URL, {@code host:port}, or {@code host} for the port agents usually have
   */
  static AgentEndpoint parse(String text) throws CommandException {
    String url = text.contains("://") ? text : "http://" + text;
    while (url.endsWith("/")) {
      url = url.substring(0, url.length() - 1);
    }
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && uri.getPort() <= 65535 && uri.getScheme().matches("https?")) {
        boolean usualPort = uri.getPort() < 0 && !text.contains("://");
        return new AgentEndpoint(usualPort ? url + ":" + USUAL_PORT : url);
      }
    } catch (IllegalArgumentException e) {
      // the same answer as for a URL of another kind
    }
    throw new CommandException(
        ExitCode.USAGE, text + ": not an agent's address; expected host:port or http://host:port");
  }

  /** Body of a GET that was answered with success. */
  String get(String path) throws CommandException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).GET().build();
    HttpResponse<String> response;
    try {
      HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw unreachable("no answer within " + TIMEOUT.toSeconds() + " s", e);
    } catch (ConnectException e) {
      if (new InetSocketAddress(URI.create(base).getHost(), 0).isUnresolved()) {
        throw unreachable("no such host", e);
      }
      throw unreachable("connection refused; is the agent running there?", e);
    } catch (IOException e) {
      throw unreachable(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted", e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new CommandException(
          ExitCode.FAILURE,
          base + path + ": HTTP " + response.statusCode() + "; not a Rezolus agent");
    }
    return response.body();
  }

  /**
   * {@link #get} of a route that answers JSON.
   *
   * @param parser throws any unchecked exception when the answer is of another shape
   */
  <T> T read(String path, Function<JsonElement, T> parser) throws CommandException {
    String answer = get(path);
    try {
      return parser.apply(JsonParser.parseString(answer));
    } catch (RuntimeException e) {
      throw new CommandException(
          ExitCode.FAILURE, base + path + ": answers, but not as a Rezolus agent does", e);
    }
  }

  private CommandException unreachable(String why, Exception cause) {
    return new CommandException(ExitCode.FAILURE, base + ": " + why, cause);
  }
}
