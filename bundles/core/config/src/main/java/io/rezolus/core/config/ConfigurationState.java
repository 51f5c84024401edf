package io.rezolus.core.config;

/** Whether the configuration in force is the one in the file. */
public interface ConfigurationState {

  /** What is wrong with the file, one line; null where it is in force. */
  String problem();
}
