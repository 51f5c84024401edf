package io.rezolus.core.bpfhost;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import java.util.List;

/** A loaded object. Thread safe; reads after {@link #close} throw {@link IllegalStateException}. */
public interface BpfObject extends AutoCloseable {

  /** The values of an mmapable array map as longs; the same instance at each call. */
  MappedLongs map(String name);

  /**
   * Removes entries from a hash map.
   *
   * @param gone told the key, and the last long of the value
   * @return how many were removed
   */
  int removeIf(String map, EntryTest gone);

  /** Runs an iterator program over the kernel's objects and returns what it wrote. */
  BpfIterator iterator(String program);

  /** One entry per hook, in the order of the specification. */
  List<ProgramStatus> programs();

  /**
   * Executions and time of the programs on {@code hooks}, as the kernel counts them while {@code
   * kernel.bpf_stats_enabled} is 1, summed over versions that were replaced.
   */
  RunStatistics runStatistics(String... hooks);

  /**
   * Replaces the programs by those of {@code spec} (other constants, other hooks) on the same maps:
   * no event is lost or counted twice on a hook that stays.
   */
  void reload(BpfObjectSpec spec) throws BpfException, UnsupportedException;

  /** Detaches and unmaps everything. Idempotent. */
  @Override
  void close();

  /** Decides on an entry of a hash map. */
  @FunctionalInterface
  interface EntryTest {
    boolean test(long key, long last);
  }
}
