package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether an agent's samples tell of one process whose metrics stay the same. Told by one thread
 * about the samples, and asked by any.
 */
final class Continuity {
  /** Time without a sample in which an agent may be restarted without leaving a trace. */
  private static final long GAP_NANOS = 3_000_000_000L;

  // by name: what each group was when it was seen last
  private final Map<String, GroupData> groups = new HashMap<>();
  private long answeredNanos;
  private boolean answered;
  private boolean failed;
  private Doubt doubt;

  /** A sample was missed. */
  synchronized void failed() {
    failed = true;
  }

  /**
   * A sample has come.
   *
   * @param snapshot kept until the next one
   */
  synchronized void answered(Snapshot snapshot) {
    long now = System.nanoTime();
    boolean fallen = false;
    boolean grown = false;
    for (GroupData group : snapshot.groups()) {
      GroupData before = groups.put(group.name(), group);
      grown |= before == null;
      fallen |= before != null && before.schema() == group.schema() && fallen(before, group);
    }
    if (answered) {
      boolean gap = now - answeredNanos >= GAP_NANOS;
      boolean signs = fallen || failed;
      if (signs || gap || grown) {
        // the earlier one says more, if nobody has looked into it
        doubt =
            doubt == null
                ? new Doubt(answeredNanos, signs, failed || grown)
                : new Doubt(doubt.since, doubt.signs || signs, doubt.details || failed || grown);
      }
    }
    answered = true;
    answeredNanos = now;
    failed = false;
  }

  /** Whether most counters that had counted have less than before. */
  private static boolean fallen(GroupData before, GroupData now) {
    int counted = 0;
    int fallen = 0;
    for (int i = 0; i < before.schema().counters().size(); i++) {
      if (before.counter(i) != 0 && now.hasCounter(i)) {
        counted++;
        if (Long.compareUnsigned(now.counter(i), before.counter(i)) < 0) {
          fallen++;
        }
      }
    }
    return 2 * fallen > counted;
  }

  synchronized boolean doubtful() {
    return doubt != null;
  }

  /** What has to be looked into, which is forgotten; null where there is nothing. */
  synchronized Doubt takeDoubt() {
    Doubt taken = doubt;
    doubt = null;
    return taken;
  }

  /**
   * Something an agent has to be asked for.
   *
   * @param since {@link System#nanoTime} of the last sample before it arose
   * @param signs whether there are signs of a restart, and not only room for one
   * @param details whether there may be more to know than before
   */
  record Doubt(long since, boolean signs, boolean details) {
    /**
     * Whether the agent was started after the last sample.
     *
     * @param before {@link System#nanoTime} when it was asked for its uptime
     * @param after {@link System#nanoTime} of its answer
     * @param uptime seconds, perhaps without their fraction
     */
    boolean restarted(long before, long after, double uptime) {
      // without signs only what cannot be due to the missing fraction counts
      double rounded = uptime == Math.rint(uptime) ? 1 : 0;
      long started = signs ? after - nanos(uptime) : before - nanos(uptime + rounded);
      return started - since > 0;
    }

    private static long nanos(double seconds) {
      return (long) (seconds * 1e9);
    }
  }
}
