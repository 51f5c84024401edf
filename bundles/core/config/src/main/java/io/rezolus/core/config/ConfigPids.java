package io.rezolus.core.config;

/** Config Admin PIDs under which the file's sections are published, and a property of a sampler. */
final class ConfigPids {
  static final String AGENT = "io.rezolus.agent";
  static final String SCHEDULER = "io.rezolus.scheduler";

  /** Followed by the sampler's name. */
  static final String SAMPLER_PREFIX = "io.rezolus.sampler.";

  /** Where to listen; a change moves the listener. */
  static final String HTTP = "io.rezolus.http";

  static final String HTTP_HOST = "host";
  static final String HTTP_PORT = "port";

  static final String ENABLED = "enabled";

  private ConfigPids() {}
}
