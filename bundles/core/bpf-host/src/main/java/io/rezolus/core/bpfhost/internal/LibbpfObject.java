package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfIterator;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.RunStatistics;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What a sampler holds of a running object: the same handle across replacements. */
final class LibbpfObject implements BpfObject {
  private final Engine engine;
  private final LibbpfHost host;
  private final String name;
  private final Map<String, MappedArray> mapped = new HashMap<>();
  private final Map<String, SeqIterator> iterators = new HashMap<>();
  private RunningObject running;

  LibbpfObject(Engine engine, LibbpfHost host, String name, RunningObject running) {
    this.engine = engine;
    this.host = host;
    this.name = name;
    this.running = running;
  }

  String name() {
    return name;
  }

  @Override
  public synchronized MappedLongs map(String map) {
    RunningObject current = open();
    return mapped.computeIfAbsent(
        map,
        m -> {
          int fd = current.object().mapFd(m);
          MapLayout layout = current.layouts().get(m);
          if (layout == null) {
            throw new IllegalArgumentException("BPF map " + m + " holds programs, not values");
          }
          return new MappedArray(engine.libc(), m, layout, fd);
        });
  }

  @Override
  public synchronized int removeIf(String map, EntryTest gone) {
    RunningObject current = open();
    int fd = current.object().mapFd(map);
    try (HashEntries entries = new HashEntries(engine, map, current.layouts().get(map), fd)) {
      return entries.removeIf(gone);
    }
  }

  @Override
  public synchronized BpfIterator iterator(String program) {
    open().iteratorFd(program);
    return iterators.computeIfAbsent(
        program, p -> new SeqIterator(engine, p, this, () -> open().iteratorFd(p)));
  }

  @Override
  public synchronized List<ProgramStatus> programs() {
    return open().statuses();
  }

  @Override
  public synchronized RunStatistics runStatistics(String... hooks) {
    RunStatistics sum = RunStatistics.NONE;
    for (String hook : hooks) {
      sum = sum.plus(open().statistics(hook));
    }
    return sum;
  }

  @Override
  public void reload(BpfObjectSpec spec) throws BpfException, UnsupportedException {
    if (!spec.name().equals(name)) {
      throw new IllegalArgumentException(
          "BPF object " + name + " cannot be replaced by object " + spec.name());
    }
    host.reload(this, spec);
  }

  /** The running object, or null when closed. For the host, which holds the engine. */
  synchronized RunningObject running() {
    return running;
  }

  /** Goes on with {@code next}, on the same maps or not, and retires what ran so far. */
  synchronized void replaceBy(RunningObject next, boolean sameMaps) {
    RunningObject old = running;
    running = next;
    try {
      if (!sameMaps) {
        remap(next);
      }
    } finally {
      next.retire(old);
    }
  }

  private void remap(RunningObject next) {
    for (Iterator<MappedArray> each = mapped.values().iterator(); each.hasNext(); ) {
      MappedArray array = each.next();
      MapLayout layout = next.layouts().get(array.name());
      if (layout != null && layout.mappable()) {
        array.remap(layout, next.object().mapFd(array.name()));
      } else {
        array.close();
        each.remove();
      }
    }
  }

  /**
   * Ends this handle without ending what runs.
   *
   * @return what runs, or null when it was closed before
   */
  synchronized RunningObject release() {
    mapped.values().forEach(MappedArray::close);
    mapped.clear();
    RunningObject released = running;
    running = null;
    return released;
  }

  private RunningObject open() {
    if (running == null) {
      throw new IllegalStateException("BPF object " + name + " is closed");
    }
    return running;
  }

  @Override
  public void close() {
    host.close(this);
  }
}
