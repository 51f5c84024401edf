package io.rezolus.core.agent;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registered sampler: its refreshes, how they went, and what it may contribute. */
final class SamplerSlot {
  private static final Logger LOG = LoggerFactory.getLogger(SamplerSlot.class);

  private final Sampler sampler;
  private final String name;
  private final String bundle;
  private final List<Metric> metrics;
  private final Runnable changed;

  private Thread refreshing;
  private boolean closed;
  private boolean current;
  private String fault;
  private volatile String refusal;
  private volatile long refreshNanos;

  /**
   * @param bundle symbolic name and version of the bundle that registered it
   * @param changed told when it starts or stops contributing; must return at once
   */
  SamplerSlot(Sampler sampler, String bundle, Runnable changed) {
    this.sampler = sampler;
    this.bundle = bundle;
    this.changed = changed;
    name = Objects.requireNonNull(sampler.name(), "the sampler's name");
    metrics = List.copyOf(sampler.metrics());
  }

  boolean holds(Sampler other) {
    return sampler == other;
  }

  String name() {
    return name;
  }

  String bundle() {
    return bundle;
  }

  List<Metric> metrics() {
    return metrics;
  }

  long refreshNanos() {
    return refreshNanos;
  }

  /** Lets the sampler read, unless it is gone or still at it. Never throws. */
  void refresh() {
    synchronized (this) {
      current = false;
      if (closed || refreshing != null) {
        return;
      }
      refreshing = Thread.currentThread();
    }
    String problem = "refresh was cut off by an error of the virtual machine";
    long start = System.nanoTime();
    try {
      sampler.refresh();
      problem = null;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      LOG.debug("{}: refresh failed", name, e);
      problem = Reason.of(e);
    } finally {
      long elapsed = System.nanoTime() - start;
      // an interrupt was meant for the sampler, not for the next one on this thread
      Thread.interrupted();
      synchronized (this) {
        refreshNanos = elapsed;
        refreshing = null;
        current = problem == null && !closed;
        fault(problem);
        notifyAll();
      }
    }
  }

  /** Gives up waiting for the refresh in progress; it is left out until that returns. */
  synchronized void overdue(long millis) {
    if (refreshing != null) {
      fault("refresh has not returned after " + millis + " ms; left out until it does");
    }
  }

  /** The groups of the last refresh, none where that failed or is still going on. */
  List<GroupData> groups() {
    synchronized (this) {
      if (!current || refreshing != null) {
        return List.of();
      }
    }
    try {
      return sampler.groups();
    } catch (RuntimeException e) {
      synchronized (this) {
        current = false;
        fault(Reason.of(e));
      }
      return List.of();
    }
  }

  SamplerHealth health() {
    return sampler.health();
  }

  /** Why its last refresh gave nothing, or null. */
  synchronized String fault() {
    return fault;
  }

  /** Why its values are not exposed although it reads them, or null. */
  String refusal() {
    return refusal;
  }

  void refuse(String reason) {
    if (!Objects.equals(reason, refusal)) {
      refusal = reason;
      changed.run();
    }
  }

  /** No call is made afterwards. A refresh in progress is waited for, a hung one interrupted. */
  synchronized void close(long waitMillis) {
    closed = true;
    long deadline = System.nanoTime() + waitMillis * 1_000_000L;
    boolean interrupted = false;
    while (refreshing != null && refreshing != Thread.currentThread()) {
      long left = (deadline - System.nanoTime()) / 1_000_000L;
      if (left <= 0) {
        LOG.warn("{}: unregistered while its refresh hangs", name);
        refreshing.interrupt();
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void fault(String problem) {
    if (!Objects.equals(problem, fault)) {
      fault = problem;
      changed.run();
    }
  }
}
