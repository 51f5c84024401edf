package io.rezolus.samplers.syscall;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfIterator;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.RunStatistics;
import java.util.List;

/** A real host that claims that the kernel has skipped an event, as 7.x does under load. */
record SkippingHost(BpfHost host) implements BpfHost {

  @Override
  public BpfObject load(BpfObjectSpec spec) throws BpfException, UnsupportedException {
    return new SkippingObject(host.load(spec));
  }

  @Override
  public int possibleCpus() {
    return host.possibleCpus();
  }

  @Override
  public int highTasks() {
    return host.highTasks();
  }

  private record SkippingObject(BpfObject object) implements BpfObject {
    @Override
    public RunStatistics runStatistics(String... hooks) {
      return object.runStatistics(hooks).plus(new RunStatistics(0, 0, 1));
    }

    @Override
    public MappedLongs map(String name) {
      return object.map(name);
    }

    @Override
    public int removeIf(String map, EntryTest gone) {
      return object.removeIf(map, gone);
    }

    @Override
    public BpfIterator iterator(String program) {
      return object.iterator(program);
    }

    @Override
    public List<ProgramStatus> programs() {
      return object.programs();
    }

    @Override
    public void reload(BpfObjectSpec spec) throws BpfException, UnsupportedException {
      object.reload(spec);
    }

    @Override
    public void close() {
      object.close();
    }
  }
}
