package io.rezolus.core.agent;

import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readings of the registered samplers, made on demand and shared for a while. */
final class SnapshotReader implements SnapshotSource {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);
  private static final Comparator<GroupData> BY_NAME = Comparator.comparing(GroupData::name);

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Refresher refresher;
  private final long deadlineNanos;
  private final Map<String, String> metadata;
  private final NameClaims names = new NameClaims();
  private final List<GroupData> groups = new ArrayList<>();
  private final List<GroupData> groupsView = Collections.unmodifiableList(groups);

  /** In the order of registration: in a conflict of names the earlier one wins. */
  private volatile SamplerSlot[] samplers = {};

  private volatile long ttlNanos;
  private volatile long sequence;
  private Snapshot snapshot;
  private volatile long takenNanos;

  /**
   * @param deadline time after which a sampler's refresh is given up
   */
  SnapshotReader(String version, Duration ttl, Duration deadline) {
    metadata = Map.of("source", "rezolus", "version", version);
    deadlineNanos = deadline.toNanos();
    refresher = new Refresher(deadlineNanos);
    ttl(ttl);
  }

  /** How the threads that refresh samplers are scheduled from now on. */
  void schedule(Scheduling scheduling) {
    lock.lock();
    try {
      refresher.schedule(scheduling);
    } finally {
      lock.unlock();
    }
  }

  void ttl(Duration ttl) {
    ttlNanos = ttl.toNanos();
  }

  Duration ttl() {
    return Duration.ofNanos(ttlNanos);
  }

  void add(SamplerSlot sampler) {
    lock.lock();
    try {
      List<SamplerSlot> more = new ArrayList<>(List.of(samplers));
      more.add(sampler);
      samplers = more.toArray(SamplerSlot[]::new);
      snapshot = null;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a sampler, after the reading in progress; no call is made to it afterwards. */
  void remove(Sampler sampler) {
    lock.lock();
    try {
      List<SamplerSlot> rest = new ArrayList<>();
      for (SamplerSlot slot : samplers) {
        if (slot.holds(sampler)) {
          slot.close(deadlineNanos / 1_000_000L);
          names.release(slot);
        } else {
          rest.add(slot);
        }
      }
      samplers = rest.toArray(SamplerSlot[]::new);
      snapshot = null;
      groups.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The registered samplers, in that order; not to be changed. */
  SamplerSlot[] samplers() {
    return samplers;
  }

  /** Time since the last reading began; null before the first. */
  Duration sinceReading() {
    return sequence == 0 ? null : Duration.ofNanos(System.nanoTime() - takenNanos);
  }

  @Override
  public <T> T read(Function<Snapshot, T> reader) {
    lock.lock();
    try {
      if (snapshot == null || System.nanoTime() - takenNanos > ttlNanos) {
        take();
      }
      return reader.apply(snapshot);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long sequence() {
    return sequence;
  }

  void close() {
    refresher.close();
  }

  private void take() {
    takenNanos = System.nanoTime();
    Instant wall = Instant.now();
    SamplerSlot[] all = samplers;
    refresher.refresh(all);
    long duration = System.nanoTime() - takenNanos;
    groups.clear();
    for (SamplerSlot sampler : all) {
      collect(sampler);
    }
    if (!sorted()) {
      groups.sort(BY_NAME);
    }
    sequence++;
    snapshot =
        new Snapshot(
            wall.getEpochSecond() * 1_000_000_000L + wall.getNano(),
            duration,
            metadata,
            groupsView);
    LOG.debug("{} groups of {} samplers read in {} ns", groups.size(), all.length, duration);
  }

  private void collect(SamplerSlot sampler) {
    List<GroupData> own = sampler.groups();
    String problem = names.claim(sampler, own);
    sampler.refuse(problem);
    if (problem != null) {
      return;
    }
    for (int i = 0; i < own.size(); i++) {
      GroupData group = own.get(i);
      if (!group.schema().isEmpty() && group.hasReadings()) {
        groups.add(group);
      }
    }
  }

  private boolean sorted() {
    for (int i = 1; i < groups.size(); i++) {
      if (groups.get(i - 1).name().compareTo(groups.get(i).name()) > 0) {
        return false;
      }
    }
    return true;
  }
}
