package io.rezolus.core.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the agent listens, {@code host:port}; an IPv6 host stands in brackets.
 *
 * @param host name or address, without brackets
 */
record ListenAddress(String host, int port) {
  /** Reachable from this machine only, which is safe on any network. */
  static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", 4241);

  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(text + ": not host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(text + ": an IPv6 address stands in brackets");
    }
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text + ": not host:port", e);
    }
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(text + ": not host:port");
    }
    return new ListenAddress(host, port);
  }

  InetSocketAddress resolve() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }
}
