package io.rezolus.core.config;

import io.rezolus.core.api.http.ListenAddress;
import io.rezolus.core.api.time.Durations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a value of the configuration must be. */
@FunctionalInterface
interface Rule {

  /** Returns what was expected instead of {@code value}, or null where it is right. */
  String expectedInsteadOf(Object value);

  /** Any string. */
  static Rule text() {
    return value -> value instanceof String ? null : "a string in quotes";
  }

  static Rule flag() {
    return value -> value instanceof Boolean ? null : "true or false";
  }

  static Rule number(long min, long max) {
    return value ->
        value instanceof Long number && number >= min && number <= max
            ? null
            : max == Long.MAX_VALUE
                ? "a whole number of at least " + min
                : "a whole number from " + min + " to " + max;
  }

  static Rule oneOf(String... words) {
    return value ->
        value instanceof String && List.of(words).contains(value)
            ? null
            : "one of " + String.join(", ", words);
  }

  static Rule oneOfAnyCase(String... words) {
    return value ->
        value instanceof String word && List.of(words).contains(word.toLowerCase(Locale.ROOT))
            ? null
            : "one of " + String.join(", ", words);
  }

  static Rule duration() {
    return value -> {
      if (value instanceof String text) {
        try {
          Durations.parse(text);
          return null;
        } catch (IllegalArgumentException e) {
          return "a duration such as \"10ms\" or \"1m 30s\"";
        }
      }
      return "a duration such as \"10ms\" or \"1m 30s\"";
    };
  }

  static Rule existingFile() {
    return value ->
        value instanceof String path && new java.io.File(path).isFile()
            ? null
            : "the path of an existing file";
  }

  /** An address whose host resolves. */
  static Rule listenAddress() {
    return value -> {
      try {
        if (value instanceof String text) {
          InetAddress.getByName(ListenAddress.parseNamed(text).host());
          return null;
        }
      } catch (IllegalArgumentException | UnknownHostException e) {
        return "host:port such as \"127.0.0.1:4241\", with a host that resolves";
      }
      return "host:port such as \"127.0.0.1:4241\", with a host that resolves";
    };
  }

  /** A group of this host, by /etc/group. */
  static Rule group() {
    return value -> {
      try {
        if (value instanceof String name && name.indexOf('\0') < 0) {
          Path.of("/")
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(name);
          return null;
        }
      } catch (java.io.IOException e) {
        return "the name of an existing group";
      }
      return "the name of an existing group";
    };
  }
}
