package io.rezolus.core.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.BoundedGet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/**
 * A running agent, as given by the user.
 *
 * @param base scheme, host and port, without a trailing slash
 */
record AgentEndpoint(String base) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Many times what an agent says of itself, and little of this process's memory. */
  private static final int BODY_MAX = 4 << 20;

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

  /** Body of a GET that was answered with success, in time and with no more than is sensible. */
  String get(String path) throws CommandException {
    try {
      byte[] body = new BoundedGet(BODY_MAX).get(URI.create(base + path), TIMEOUT);
      return new String(body, StandardCharsets.UTF_8);
    } catch (SocketTimeoutException e) {
      throw unreachable("no answer within " + TIMEOUT.toSeconds() + " s", e);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (e.getCause() instanceof UnknownHostException) {
        throw unreachable("no such host", e);
      }
      if (e.getCause() instanceof ConnectException) {
        throw unreachable(why + "; is the agent running there?", e);
      }
      throw new CommandException(
          ExitCode.FAILURE, base + path + ": " + why + "; not a Rezolus agent", e);
    }
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
