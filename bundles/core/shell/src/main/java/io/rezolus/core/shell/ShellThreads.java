package io.rezolus.core.shell;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The shell's threads: daemons that are all known, so that the end of the shell can await theirs.
 */
final class ShellThreads {
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** A thread, not yet started; it is awaited from its start to its end. */
  Thread of(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                running.remove(Thread.currentThread());
              }
            },
            name) {
          @Override
          public synchronized void start() {
            running.add(this);
            super.start();
          }
        };
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for the end of all of them but the calling one, which may be a command that stops the
   * shell's own bundle.
   *
   * @return whether they ended in time
   */
  boolean await(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (Thread thread : running) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (thread != Thread.currentThread() && left > 0) {
          thread.join(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return running.stream().allMatch(thread -> thread == Thread.currentThread());
  }
}
