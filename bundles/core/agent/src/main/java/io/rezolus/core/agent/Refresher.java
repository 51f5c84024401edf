package io.rezolus.core.agent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Refreshes samplers one after another on a thread of its own, so that one that hangs can be left
 * behind: once a refresh exceeds the deadline, a second thread goes on with the samplers after it.
 */
final class Refresher {
  private final long deadlineNanos;
  private ExecutorService threads = pool(Scheduling.INHERITED);

  Refresher(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** Returns when each sampler was refreshed or given up. To be called by one thread at a time. */
  void refresh(SamplerSlot[] samplers) {
    int next = 0;
    while (next < samplers.length) {
      Pass pass = new Pass(samplers, next);
      threads.execute(pass);
      int stuck = pass.await(deadlineNanos);
      if (stuck < samplers.length) {
        samplers[stuck].overdue(TimeUnit.NANOSECONDS.toMillis(deadlineNanos));
      }
      next = stuck + 1;
    }
  }

  /** Later refreshes are made by threads that are scheduled like this. Not during one. */
  void schedule(Scheduling scheduling) {
    threads.shutdown();
    threads = pool(scheduling);
  }

  void close() {
    threads.shutdownNow();
  }

  private static ExecutorService pool(Scheduling scheduling) {
    return Executors.newCachedThreadPool(new SamplingThreads(scheduling));
  }

  /** One walk over the samplers from some position to the end. */
  private static final class Pass implements Runnable {
    private final SamplerSlot[] samplers;
    private int position;
    private long since = System.nanoTime();
    private boolean abandoned;

    Pass(SamplerSlot[] samplers, int from) {
      this.samplers = samplers;
      position = from;
    }

    @Override
    public void run() {
      for (int i = position; i < samplers.length; i++) {
        samplers[i].refresh();
        synchronized (this) {
          if (abandoned) {
            return;
          }
          position = i + 1;
          since = System.nanoTime();
          if (position == samplers.length) {
            notifyAll();
          }
        }
      }
    }

    /** Waits for the end and returns the number of samplers, or the position of one that hangs. */
    synchronized int await(long deadlineNanos) {
      boolean interrupted = false;
      while (position < samplers.length) {
        long left = deadlineNanos - (System.nanoTime() - since);
        if (left <= 0) {
          abandoned = true;
          break;
        }
        try {
          wait(left / 1_000_000L + 1);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return position;
    }
  }
}
