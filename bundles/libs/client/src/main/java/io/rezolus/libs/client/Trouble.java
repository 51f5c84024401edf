package io.rezolus.libs.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says why a request failed, in the words of whoever knows networks and not Java. */
final class Trouble {
  static final String CUT_OFF = "the connection was closed before the answer was complete";

  private Trouble() {}

  /** One line that names the cause and not the URL. */
  static String of(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof UnknownHostException) {
      return "the host name cannot be resolved; check how it is spelled";
    }
    if (message == null) {
      return cause.toString();
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to the host";
    }
    if (cause instanceof ConnectException) {
      return firstLower(message);
    }
    if (cause instanceof SSLException) {
      return "no TLS connection: " + firstLower(message);
    }
    if (message.startsWith("Unexpected end of file") || message.equals("Premature EOF")) {
      return CUT_OFF;
    }
    if (cause instanceof SocketException) {
      return firstLower(message);
    }
    if (message.equals("Error writing to server")) {
      // that the other side hung up shows when the request is sent, or when the answer is read
      return "connection reset";
    }
    if (message.equals("Invalid Http response")) {
      return "answers, but not with HTTP";
    }
    if (message.equals("Bogus chunk size") || message.startsWith("Header size too big")) {
      return "answers, but not with proper HTTP: " + firstLower(message);
    }
    return cause instanceof IOException ? message : cause.toString();
  }

  /** "Connection refused" and the like, which stand behind a colon here. */
  private static String firstLower(String message) {
    String line = message.lines().findFirst().orElse(message);
    boolean acronym = line.length() > 1 && Character.isUpperCase(line.charAt(1));
    return acronym ? line : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
