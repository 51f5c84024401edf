package io.rezolus.samplers.syscall;

import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;
import java.util.Set;

/**
 * Whether second programs on entry and exit make up for events that the kernel kept from the first.
 * What they rely on are the time stamps of the first.
 */
enum SecondLook {
  /** There is one program for each event. */
  NONE,
  /** Calls are stamped even if nobody asks how long they take. */
  PREPARED,
  /** There are two. */
  ATTACHED;

  /** What is looked at twice and counted, in the order of the map {@code made_up}. */
  private static final List<String> COUNTED = List.of("sys_enter", "sys_exit");

  /**
   * Looked at twice as well. The second always does the same as the first, so it counts nothing.
   */
  private static final String FORK = "sched_process_fork";

  /** What is looked at twice. */
  static final List<String> HOOKS = List.of("sys_enter", "sys_exit", FORK);

  /** The second hook on the same tracepoint. */
  static String hook(String first) {
    return first + "_again";
  }

  /** Events on some of {@code hooks} that only the second program saw. */
  long madeUp(BpfObject object, Set<String> hooks) {
    MappedLongs madeUp = object.map("made_up");
    long sum = 0;
    for (int i = 0; i < COUNTED.size(); i++) {
      sum += hooks.contains(COUNTED.get(i)) ? madeUp.get(i) : 0;
    }
    if (this == ATTACHED && hooks.contains(FORK)) {
      long missed = object.runStatistics(FORK).missed();
      sum += Math.max(0, missed - object.runStatistics(hook(FORK)).missed());
    }
    return sum;
  }

  /** Adds the hook, with the second behind it. */
  void add(BpfObjectSpec.Builder spec, Hook hook) {
    spec.hook(hook);
    if (this == ATTACHED) {
      spec.hook(Hook.tracepoint(hook(hook.name())).labelled("sees what the first is kept from"));
    }
  }
}
