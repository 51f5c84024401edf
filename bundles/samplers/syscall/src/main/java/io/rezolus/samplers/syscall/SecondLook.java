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

  /** What is looked at twice, in the order of the map {@code made_up}. */
  static final List<String> HOOKS = List.of("sys_enter", "sys_exit");

  /** The second hook on the same tracepoint. */
  static String hook(String first) {
    return first + "_again";
  }

  /** Events on some of {@code hooks} that only the second program saw. */
  static long madeUp(BpfObject object, Set<String> hooks) {
    MappedLongs madeUp = object.map("made_up");
    long sum = 0;
    for (int i = 0; i < HOOKS.size(); i++) {
      sum += hooks.contains(HOOKS.get(i)) ? madeUp.get(i) : 0;
    }
    return sum;
  }

  /** Adds the hook, with the second behind it. */
  void add(BpfObjectSpec.Builder spec, String hook) {
    spec.hook(Hook.tracepoint(hook));
    if (this == ATTACHED) {
      spec.hook(Hook.tracepoint(hook(hook)).labelled("sees what the first is kept from"));
    }
  }
}
