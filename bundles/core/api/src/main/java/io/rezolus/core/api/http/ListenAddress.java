package io.rezolus.core.api.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen. No name is looked up.
 *
 * @param host numeric address without brackets, or a name where those are allowed
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9a-fA-F:.%]+)]|(\\d{1,3}(?:\\.\\d{1,3}){3})|localhost):(\\d{1,5})");

  private static final Pattern NAMED =
      Pattern.compile("([\\p{Alnum}_](?:[\\p{Alnum}_.-]*[\\p{Alnum}_])?):(\\d{1,5})");

  /**
   * Understands {@code 127.0.0.1:8080}, {@code [::1]:8080} and {@code localhost:8080}.
   *
   * @throws IllegalArgumentException for anything else; the message says what is understood
   */
  public static ListenAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > 65_535) {
      throw wrong(text);
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    if (host == null) {
      host = "127.0.0.1";
    }
    try {
      // of the form of an address, so no name is looked up
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw wrong(text);
    }
    return new ListenAddress(host, Integer.parseInt(form.group(3)));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        text + ": not an address to listen on, such as 127.0.0.1:8080 or [::1]:8080");
  }

  /** An address of this host at which it can be reached, where it listens at all of them. */
  public ListenAddress reachable() {
    return switch (host) {
      case "0.0.0.0" -> new ListenAddress("127.0.0.1", port);
      case "::", "0:0:0:0:0:0:0:0" -> new ListenAddress("::1", port);
      default -> this;
    };
  }

  /**
   * Understands a host name as well, and keeps it.
   *
   * @throws IllegalArgumentException for anything else; the message says what is understood
   */
  public static ListenAddress parseNamed(String text) {
    Matcher form = NAMED.matcher(text);
    if (form.matches() && Integer.parseInt(form.group(2)) <= 65_535) {
      return new ListenAddress(form.group(1), Integer.parseInt(form.group(2)));
    }
    return parse(text);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
