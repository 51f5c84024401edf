package io.rezolus.samplers.syscall;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfIterator;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.RunStatistics;
import io.rezolus.test.kernel.LongArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A host whose maps are plain arrays that the test writes; what it was asked is in {@link #log}.
 */
final class MemoryBpfHost implements BpfHost, BpfObject {
  static final int CPUS = 2;
  static final int PIDS = 64;
  static final Map<String, Integer> SIZES =
      Map.of(
          "cpu_counters", CPUS * 16,
          "cgroup_counters", 4096 * 17,
          "cgroup_info", 4096 * 26,
          "starts", PIDS,
          "latencies", 16 * 496,
          "starts_cache", 2 * 16384,
          "untracked", 1,
          "made_up", 2);

  /** {@code load}, {@code reload} or {@code close}, followed by the features that are on. */
  final List<String> log = new ArrayList<>();

  final List<String> cleared = new ArrayList<>();

  private final Map<String, long[]> maps = new HashMap<>();
  private BpfObjectSpec spec;

  /** Events that the kernel kept from each program. */
  long missed;

  /** A hook this kernel does not have. */
  String missing = "none";

  /** Features the kernel is to refuse, as in the log. */
  String refused = "none";

  long[] array(String map) {
    return maps.computeIfAbsent(map, m -> new long[SIZES.get(m)]);
  }

  BpfObjectSpec spec() {
    return spec;
  }

  @Override
  public BpfObject load(BpfObjectSpec wanted) throws BpfException {
    accept("load", wanted);
    return this;
  }

  @Override
  public void reload(BpfObjectSpec wanted) throws BpfException {
    accept("reload", wanted);
  }

  private void accept(String action, BpfObjectSpec wanted) throws BpfException {
    TreeSet<String> on = new TreeSet<>();
    wanted.constants().forEach((name, value) -> on.addAll(value == 1 ? List.of(name) : List.of()));
    String features = String.join("+", on);
    log.add(action + ' ' + features);
    if (features.contains(refused)) {
      throw new BpfException("sys_exit: refused");
    }
    spec = wanted;
  }

  @Override
  public int possibleCpus() {
    return CPUS;
  }

  @Override
  public int highTasks() {
    return PIDS;
  }

  @Override
  public MappedLongs map(String name) {
    return new LongArray(array(name));
  }

  /** Hashes are always empty; what was asked is in {@link #cleared}. */
  @Override
  public int removeIf(String map, EntryTest gone) {
    cleared.add(map);
    return 0;
  }

  @Override
  public BpfIterator iterator(String program) {
    throw new UnsupportedOperationException(program);
  }

  @Override
  public List<ProgramStatus> programs() {
    return spec.hooks().stream()
        .map(
            hook ->
                hook.name().equals(missing)
                    ? ProgramStatus.unsupported(missing, missing + ": no such tracepoint")
                    : ProgramStatus.attached(hook.name(), "tp_btf/" + hook.name()))
        .toList();
  }

  /** One run of 10 ns for each hook, and what it missed. */
  @Override
  public RunStatistics runStatistics(String... hooks) {
    long loaded =
        Arrays.stream(hooks)
            .filter(name -> spec.hooks().stream().anyMatch(hook -> hook.name().equals(name)))
            .count();
    return new RunStatistics(loaded, 10 * loaded, missed * loaded);
  }

  @Override
  public void close() {
    log.add("close");
  }
}
