package io.rezolus.core.api.http;

/**
 * The address this process is configured to answer HTTP at, as a service that exists while there is
 * one. It listens only once the framework has started, so that who connects gets whole answers.
 */
public interface ConfiguredAddress {

  /** Where it listens; null where it does not, or not yet. */
  ListenAddress listening();

  /** Why it does not listen at the configured address, one line; null where it does or may yet. */
  String problem();
}
