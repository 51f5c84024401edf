package io.rezolus.core.agent;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Locale;
import java.util.Map;

/**
 * How the kernel schedules a thread.
 *
 * @param policy of {@code [scheduler]} in the agent's file; {@link Policy#INHERITED} where it says
 *     nothing
 * @param priority 1 to 99, of the real-time policies
 * @param niceness -20 to 19, of the normal policy
 */
record Scheduling(Policy policy, int priority, int niceness) {
  static final Scheduling INHERITED = new Scheduling(Policy.INHERITED, 0, 0);

  /** With the value of the kernel's {@code SCHED_*}. */
  enum Policy {
    INHERITED(-1),
    NORMAL(0),
    FIFO(1),
    ROUND_ROBIN(2);

    private final int number;

    Policy(int number) {
      this.number = number;
    }
  }

  private static final int DEFAULT_PRIORITY = 15;

  /** What the thread starts, for example a sampler's helper, does not get the priority as well. */
  private static final int RESET_ON_FORK = 0x4000_0000;

  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  /**
   * Reads the keys {@code policy}, {@code priority} and {@code niceness}. A priority alone asks for
   * {@code round_robin}.
   */
  static Scheduling of(Map<String, Object> configuration) {
    Object policy = configuration.get("policy");
    Object priority = configuration.get("priority");
    if (policy == null && priority == null) {
      return INHERITED;
    }
    return switch (policy == null ? "round_robin" : policy.toString()) {
      case "normal" -> new Scheduling(Policy.NORMAL, 0, number(configuration.get("niceness"), 0));
      case "fifo" -> new Scheduling(Policy.FIFO, number(priority, DEFAULT_PRIORITY), 0);
      case "round_robin" ->
          new Scheduling(Policy.ROUND_ROBIN, number(priority, DEFAULT_PRIORITY), 0);
      default ->
          throw new IllegalArgumentException(
              "policy " + policy + ": expected normal, fifo or round_robin");
    };
  }

  private static int number(Object value, int otherwise) {
    return value == null ? otherwise : Integer.parseInt(value.toString());
  }

  /**
   * Puts the calling thread under this.
   *
   * @throws LastErrorException when the kernel does not permit it
   */
  void apply() {
    if (policy == Policy.INHERITED) {
      return;
    }
    Kernel.LIBC.sched_setscheduler(
        CALLING_THREAD, policy.number | RESET_ON_FORK, new int[] {priority});
    if (policy == Policy.NORMAL) {
      Kernel.LIBC.setpriority(PRIO_PROCESS, CALLING_THREAD, niceness);
    }
  }

  @Override
  public String toString() {
    String name = policy.name().toLowerCase(Locale.ROOT);
    return policy == Policy.NORMAL
        ? name + ", niceness " + niceness
        : name + ", priority " + priority;
  }

  /** Apart, so that JNA is only needed where a policy is asked for. */
  private static final class Kernel {
    static final Libc LIBC = Native.load("c", Libc.class);
  }

  /** Errors come as exceptions. */
  interface Libc extends Library {
    /**
     * @param parameter {@code struct sched_param}: the priority
     */
    int sched_setscheduler(int thread, int policy, int[] parameter) throws LastErrorException;

    int setpriority(int which, int who, int niceness) throws LastErrorException;
  }
}
