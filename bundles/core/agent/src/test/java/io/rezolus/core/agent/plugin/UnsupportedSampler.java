package io.rezolus.core.agent.plugin;

import io.rezolus.core.api.sampler.UnsupportedException;
import java.io.IOException;

/** A component that finds its host lacking when it is activated. */
public final class UnsupportedSampler extends PluginSampler {
  public UnsupportedSampler() throws UnsupportedException {
    throw new UnsupportedException("this kernel has no BTF", new IOException("No such file"));
  }
}
