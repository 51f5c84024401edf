package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host as one owner of objects sees it; inside the framework an owner is a bundle. */
public final class LibbpfHost implements BpfHost, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LibbpfHost.class);

  private final Engine engine;
  private final boolean ownEngine;
  private final Function<String, URL> resources;
  private final Custody custody;
  private final Map<String, LibbpfObject> objects = new HashMap<>();
  private boolean closed;

  /**
   * A host of its own, outside the framework.
   *
   * @param resources finds {@code bpf/<arch>/<name>.bpf.o}; answers null for nothing
   */
  public LibbpfHost(Function<String, URL> resources) {
    this(new Engine(), true, resources, Custody.NONE);
  }

  LibbpfHost(Engine engine, Function<String, URL> resources, Custody custody) {
    this(engine, false, resources, custody);
  }

  private LibbpfHost(
      Engine engine, boolean ownEngine, Function<String, URL> resources, Custody custody) {
    this.engine = engine;
    this.ownEngine = ownEngine;
    this.resources = resources;
    this.custody = custody;
  }

  @Override
  public BpfObject load(BpfObjectSpec spec) throws BpfException, UnsupportedException {
    byte[] code = code(spec.name()); // asks the framework, so not under the lock
    synchronized (engine) {
      if (closed) {
        throw new IllegalStateException("this BPF host is closed");
      }
      ProvenKernel.require(
          KernelRelease.running(), "1".equals(System.getenv(ProvenKernel.OVERRIDE)));
      engine.open();
      LibbpfObject former = objects.remove(spec.name());
      RunningObject predecessor = former != null ? former.release() : custody.take(spec.name());
      LibbpfObject object = null;
      try {
        object = new LibbpfObject(engine, this, spec.name(), start(spec, code, predecessor));
        objects.put(spec.name(), object);
        return object;
      } finally {
        if (object == null && predecessor != null) {
          predecessor.close();
        }
      }
    }
  }

  private RunningObject start(BpfObjectSpec spec, byte[] code, RunningObject predecessor)
      throws BpfException, UnsupportedException {
    if (predecessor == null) {
      return Loader.start(engine, spec, code);
    }
    RunningObject next = successor(spec, code, predecessor);
    next.retire(predecessor);
    return next;
  }

  /** Another variant than the running one may still suit new code, which takes fresh maps. */
  private RunningObject successor(BpfObjectSpec spec, byte[] code, RunningObject predecessor)
      throws BpfException, UnsupportedException {
    RunningObject next = null;
    try {
      next = Loader.replace(engine, spec, code, predecessor);
    } catch (BpfException e) {
      LOG.info("starting from zero, because the running variant does not suit: {}", e.getMessage());
    }
    return next != null ? next : Loader.start(engine, spec, code);
  }

  /** On an exception the object runs on as it was. */
  void reload(LibbpfObject object, BpfObjectSpec spec) throws BpfException, UnsupportedException {
    byte[] code = code(spec.name());
    synchronized (engine) {
      RunningObject running = object.running();
      if (running == null) {
        throw new IllegalStateException("BPF object " + object.name() + " is closed");
      }
      RunningObject next = Loader.replace(engine, spec, code, running);
      if (next != null) {
        object.replaceBy(next, true);
      } else {
        LOG.warn(
            "BPF object {}: maps or variants are not those that run, so it starts from zero",
            spec.name());
        object.replaceBy(Loader.start(engine, spec, code), false);
      }
    }
  }

  void close(LibbpfObject object) {
    synchronized (engine) {
      RunningObject running = object.release();
      if (running == null) {
        return;
      }
      objects.remove(object.name(), object);
      if (!custody.keep(object.name(), running)) {
        running.close();
      }
    }
  }

  private byte[] code(String name) throws UnsupportedException {
    String path = "bpf/" + NativeLibraries.architecture() + '/' + name + ".bpf.o";
    URL url = resources.apply(path);
    if (url == null) {
      throw new UnsupportedException(
          "BPF object " + name + ": no " + path + " in the bundle, so not for this architecture");
    }
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("BPF object " + name + ": cannot read " + url, e);
    }
  }

  @Override
  public int possibleCpus() {
    return HostLimits.possibleCpus();
  }

  @Override
  public int highTasks() {
    return HostLimits.highTasks(possibleCpus(), KernelRelease.running());
  }

  /** Closes every object that is still open. Idempotent. */
  @Override
  public void close() {
    synchronized (engine) {
      closed = true;
      new ArrayList<>(objects.values()).forEach(this::close);
      if (ownEngine) {
        engine.close();
      }
    }
  }
}
