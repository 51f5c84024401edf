package io.rezolus.core.agent.plugin;

/** A component that throws when it is activated. */
public final class FailingSampler extends PluginSampler {
  public FailingSampler() {
    throw new IllegalStateException(
        "no counters\nsecond line", new IllegalArgumentException("the cause"));
  }
}
