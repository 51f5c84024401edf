package io.rezolus.libs.command;

import java.util.ArrayList;
import java.util.List;

/** How a recording is told to end, and what it waits on between samples. */
public final class StopSwitch {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean stopped;
  private boolean woken;

  /** Asks for the end. Safe from any thread, any number of times. */
  public void stop() {
    List<Runnable> due;
    synchronized (this) {
      stopped = true;
      due = List.copyOf(actions);
      actions.clear();
      notifyAll();
    }
    due.forEach(Runnable::run);
  }

  /** Runs {@code action} once the end is asked for, at once where it already was. */
  public void onStop(Runnable action) {
    synchronized (this) {
      if (!stopped) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  public synchronized boolean stopped() {
    return stopped;
  }

  /** Ends the present or next wait without asking for the end. */
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Waits until a {@link System#nanoTime} is reached, or stopped or woken. */
  public synchronized void awaitUntil(long nanoTime) {
    try {
      for (long left = nanoTime - System.nanoTime();
          left > 0 && !stopped && !woken;
          left = nanoTime - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      // whoever interrupts a recording wants it to end
      Thread.currentThread().interrupt();
      stopped = true;
    }
    woken = false;
  }
}
