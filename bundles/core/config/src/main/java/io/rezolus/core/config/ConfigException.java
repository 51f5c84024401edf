package io.rezolus.core.config;

/** A configuration that cannot be used; the message is one line with file, line, key and remedy. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
