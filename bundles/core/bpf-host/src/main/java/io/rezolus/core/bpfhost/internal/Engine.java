package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;

/**
 * The native side, shared by all objects. Opened when the first object is loaded. Its monitor
 * serialises loading, replacing and closing.
 */
final class Engine implements AutoCloseable {
  private NativeLibraries libraries;
  private LibbpfLog log;
  private volatile String types;

  /**
   * @throws UnsupportedException this process cannot load BPF programs at all
   */
  synchronized void open() throws UnsupportedException {
    if (libraries == null) {
      Privilege.require();
      NativeLibraries opened = NativeLibraries.open();
      log = new LibbpfLog(opened.libbpf(), opened.libc());
      libraries = opened;
    }
  }

  /**
   * @param file with the types of this kernel; null for what the kernel itself says
   */
  void types(String file) {
    types = file;
  }

  String types() {
    return types;
  }

  Libbpf libbpf() {
    return libraries.libbpf();
  }

  Libc libc() {
    return libraries.libc();
  }

  LibbpfLog log() {
    return log;
  }

  /** To be called when every object is closed. */
  @Override
  public synchronized void close() {
    if (libraries != null) {
      log.close();
      libraries.close();
      libraries = null;
    }
  }
}
