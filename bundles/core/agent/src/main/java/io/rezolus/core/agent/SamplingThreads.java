package io.rezolus.core.agent;

import com.sun.jna.LastErrorException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the threads that refresh samplers, each scheduled as configured. */
final class SamplingThreads implements ThreadFactory {
  static final String NAME = "rezolus-sampling";

  private static final Logger LOG = LoggerFactory.getLogger(SamplingThreads.class);

  private final Scheduling scheduling;
  private final AtomicBoolean told = new AtomicBoolean();

  SamplingThreads(Scheduling scheduling) {
    this.scheduling = scheduling;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              schedule();
              task.run();
            },
            NAME);
    thread.setDaemon(true);
    return thread;
  }

  /** A reading at the wrong priority is better than none. */
  private void schedule() {
    try {
      scheduling.apply();
    } catch (LastErrorException e) {
      if (told.compareAndSet(false, true)) {
        LOG.warn(
            "scheduler.policy {}: {}; samplers are read at the priority of the agent; run it as"
                + " root or with CAP_SYS_NICE, or remove [scheduler]",
            scheduling,
            e.getMessage());
      }
    }
  }
}
