package io.rezolus.core.bpfhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * State by task in a BPF object, see {@code bpf/include/task_table.h}: an array for low thread ids,
 * whose size is fixed, and a hash for the others, which is sized to the host and may have a cache.
 *
 * <p>The programs remove a task from the hash when the kernel frees it. Kernels that can preempt
 * programs may keep that from them, and an exec may hide a slot of the cache; what is left then is
 * looked for here when its process is gone.
 */
public final class TaskTable {
  /** Where the programs remove tasks. A miss of it loses no event, so it is not charged. */
  public static final String HOOK = "sched_process_free";

  /** Slots of a cache. A lower key in the hash stands for a slot, the others are addresses. */
  private static final int CACHED_TASKS = 16384;

  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

  /** {@code PROC_PID_INIT_INO}: elsewhere the ids in the table mean nothing. */
  private static final String INITIAL_NAMESPACE = "pid:[4026531836]";

  private static final long INTERVAL_NANOS = 60_000_000_000L;

  private final BpfObject object;
  private final String hash;
  private final MappedLongs cache;
  private final MappedLongs untracked;
  private long looked = System.nanoTime();
  private Set<Long> suspects = Set.of();

  private TaskTable(BpfObject object, String name, MappedLongs cache) {
    this.object = object;
    this.cache = cache;
    hash = hash(name);
    untracked = object.map("untracked");
  }

  /**
   * A table without a cache.
   *
   * @param name of the array; the hash is called {@code <name>_high}
   */
  public static TaskTable of(BpfObject object, String name) {
    return new TaskTable(object, name, null);
  }

  /** A table whose cache is called {@code <name>_cache}. */
  public static TaskTable cached(BpfObject object, String name) {
    return new TaskTable(object, name, object.map(name + "_cache"));
  }

  /** Sizes the table in a specification. The hook is to be added as well. */
  public static void size(BpfObjectSpec.Builder spec, String name, BpfHost host) {
    spec.mapEntries(hash(name), host.highTasks());
  }

  private static String hash(String name) {
    return name + "_high";
  }

  /** Events that are in no metric because the hash had no room for their task. */
  public long untracked() {
    return untracked.get(0);
  }

  /** Forgets the tasks in the hash; for when no program keeps them up to date. */
  public void clear() {
    object.removeIf(
        hash,
        (key, process) -> {
          leaveCache(key);
          return true;
        });
  }

  /** Once a minute, removes tasks that ended unseen. */
  public void refresh() {
    long now = System.nanoTime();
    if (now - looked >= INTERVAL_NANOS && inInitialNamespace()) {
      looked = now;
      sweep();
    }
  }

  /**
   * Removes the tasks of processes that were gone the last time already: the programs are given the
   * time between the end of a task and its removal. In the initial pid namespace only.
   *
   * @return how many were removed
   */
  public int sweep() {
    Map<Long, Boolean> gone = new HashMap<>();
    Set<Long> found = new HashSet<>();
    Set<Long> before = suspects;
    suspects = found;
    return object.removeIf(
        hash,
        (key, process) -> {
          if (!gone.computeIfAbsent(process, id -> !Files.exists(Path.of("/proc", "" + id)))) {
            return false;
          }
          if (!before.contains(key)) {
            found.add(key);
            return false;
          }
          leaveCache(key);
          return true;
        });
  }

  /** Before the number of the slot leaves the hash: then nobody takes the slot meanwhile. */
  private void leaveCache(long key) {
    if (cache != null && key >= 0 && key < CACHED_TASKS) {
      int longs = cache.size() / CACHED_TASKS;
      cache.set(((int) key + 1) * longs - 1, 0);
    }
  }

  private static boolean inInitialNamespace() {
    try {
      return Files.readSymbolicLink(PID_NAMESPACE).toString().equals(INITIAL_NAMESPACE);
    } catch (IOException e) {
      return false;
    }
  }
}
