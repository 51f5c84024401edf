package io.rezolus.samplers.scheduler;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;

/** A real host with room for hardly any threads with high ids. */
record CrampedHost(BpfHost host) implements BpfHost {
  static final int ROOM = 8;

  @Override
  public BpfObject load(BpfObjectSpec spec) throws BpfException, UnsupportedException {
    return host.load(spec);
  }

  @Override
  public int possibleCpus() {
    return host.possibleCpus();
  }

  @Override
  public int highTasks() {
    return ROOM;
  }
}
