package io.rezolus.core.http;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Keeps foreign web pages from using a browser on this host to get at the service.
 *
 * <p>A page can make its own host name resolve to a loopback address, and then reads what is served
 * there; so what comes in at a loopback address is answered for addresses, {@code localhost} and
 * the name of this host only. And a page can send a request that changes something to any address;
 * so such a request must not come from a page of another origin.
 */
final class RequestGuard {
  private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");

  private final String ownName;

  /**
   * @param ownName name of this host, which a service may be asked by also where that resolves to a
   *     loopback address
   */
  RequestGuard(String ownName) {
    this.ownName = ownName;
  }

  /**
   * Why the request must not be answered, one line; null if it may.
   *
   * @param localAddress address of this host that the request came in at
   */
  String refusal(String method, String localAddress, String hostHeader, String origin) {
    String host = hostHeader == null ? null : withoutPort(hostHeader);
    if (isLoopback(localAddress) && host != null && !isAddressOrLocal(host)) {
      return "Host " + host + ": expected an address or localhost, for this service is local";
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (!reads && origin != null && !sameAuthority(origin, hostHeader)) {
      return "Origin " + origin + ": only pages of this service may change something";
    }
    return null;
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.")
        || address.equals("::1")
        || address.equals("[::1]")
        || address.equals("0:0:0:0:0:0:0:1")
        || address.equals("[0:0:0:0:0:0:0:1]")
        || address.startsWith("::ffff:127.");
  }

  private boolean isAddressOrLocal(String host) {
    return IPV4.matcher(host).matches()
        || host.startsWith("[")
        || host.equalsIgnoreCase("localhost")
        || host.equalsIgnoreCase(ownName);
  }

  private static String withoutPort(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return end > 0 ? host.substring(0, end) : host;
  }

  private static boolean sameAuthority(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
