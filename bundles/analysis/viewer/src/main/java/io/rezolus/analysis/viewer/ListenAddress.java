package io.rezolus.analysis.viewer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host numeric address
 * @param port 0 for any that is free
 */
record ListenAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[([0-9a-fA-F:.%]+)]|(\\d{1,3}(?:\\.\\d{1,3}){3})|localhost):(\\d{1,5})");

  /**
   * Understands {@code 127.0.0.1:8080}, {@code [::1]:8080} and {@code localhost:8080}.
   *
   * @throws IllegalArgumentException for anything else; the message says what is understood
   */
  static ListenAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(4)) > 65535) {
      throw wrong(text);
    }
    String host =
        form.group(2) != null ? form.group(2) : form.group(3) != null ? form.group(3) : "127.0.0.1";
    try {
      // a numeric address: no name is looked up
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw wrong(text);
    }
    return new ListenAddress(host, Integer.parseInt(form.group(4)));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        text + ": not an address to listen on, such as 127.0.0.1:8080 or [::1]:8080");
  }

  /**
   * The same with a port that is free at the moment.
   *
   * @throws IOException when nothing can listen there; the message says why
   */
  ListenAddress free() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
      return new ListenAddress(host, probe.getLocalPort());
    }
  }

  /** An address of this host at which it can be reached, where it listens at all of them. */
  ListenAddress reachable() {
    return switch (host) {
      case "0.0.0.0" -> new ListenAddress("127.0.0.1", port);
      case "::", "0:0:0:0:0:0:0:0" -> new ListenAddress("::1", port);
      default -> this;
    };
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
