package io.rezolus.core.config;

/** Config Admin PIDs under which the file's sections are published, and a property of a sampler. */
final class ConfigPids {
  static final String AGENT = "io.rezolus.agent";
  static final String SCHEDULER = "io.rezolus.scheduler";
  static final String LOG = "io.rezolus.log";

  /** Followed by the sampler's name. */
  static final String SAMPLER_PREFIX = "io.rezolus.sampler.";

  /** Felix HTTP's own; a change makes it bind anew. */
  static final String HTTP = "org.apache.felix.http";

  static final String HTTP_HOST = "org.apache.felix.http.host";
  static final String HTTP_PORT = "org.osgi.service.http.port";

  static final String ENABLED = "enabled";

  private ConfigPids() {}
}
