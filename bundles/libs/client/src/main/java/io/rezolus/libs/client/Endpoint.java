package io.rezolus.libs.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an agent answers.
 *
 * @param base the URL as given, with scheme and path
 * @param bare whether it was given without a path, so that its routes are the usual ones
 */
public record Endpoint(URI base, boolean bare) {
  private static final String SNAPSHOTS = "/metrics/binary";

  /**
   * Understands {@code http://host:port/path}, {@code host:port} and {@code host}. A URL without a
   * path means the agent's snapshot route; any other path is asked as it is.
   *
   * @throws IllegalArgumentException when it is no such URL; the message says what is one
   */
  public static Endpoint parse(String text) {
    String full = text.contains("://") ? text : "http://" + text;
    URI uri;
    try {
      uri = new URI(full);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getPort() > 65535) {
      throw new IllegalArgumentException(wrong(text));
    }
    String path = uri.getRawPath();
    boolean bare = path == null || path.isEmpty() || path.equals("/");
    return new Endpoint(bare ? uri.resolve("/") : uri, bare);
  }

  /** Where an agent's snapshots are. */
  public URI snapshots() {
    return bare ? base.resolve(SNAPSHOTS) : base;
  }

  /** The route of the same agent at {@code path}. */
  public URI route(String path) {
    return base.resolve(path);
  }

  /** Host and port, for where a name is wanted. */
  public String hostPort() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + "-" + base.getPort();
  }

  private static String wrong(String text) {
    return text + ": not an endpoint such as http://localhost:4241 or host:4241";
  }
}
