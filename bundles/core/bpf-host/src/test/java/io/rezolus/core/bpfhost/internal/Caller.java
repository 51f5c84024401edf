package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread with a known tid that issues getppid calls and says how many. */
final class Caller implements AutoCloseable {
  interface Calls extends Library {
    Calls LIBC = Native.load("c", Calls.class);

    int gettid();

    long syscall(long number);
  }

  static final long GETPPID = NativeLibraries.architecture().equals("x86_64") ? 110 : 173;

  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final int tid;

  Caller() throws Exception {
    thread = new Thread(this::serve, "getppid-caller");
    thread.setDaemon(true);
    thread.start();
    FutureTask<Integer> ask = new FutureTask<>(Calls.LIBC::gettid);
    work.add(ask);
    tid = ask.get();
  }

  int tid() {
    return tid;
  }

  void call(int times) throws Exception {
    FutureTask<Void> calls =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < times; i++) {
                Calls.LIBC.syscall(GETPPID);
              }
              return null;
            });
    work.add(calls);
    calls.get();
  }

  /** Calls without pause until told to stop; the answer is how often. */
  FutureTask<Long> callUntil(AtomicBoolean stop) {
    FutureTask<Long> calls =
        new FutureTask<>(
            () -> {
              long issued = 0;
              while (!stop.get() && !Thread.currentThread().isInterrupted()) {
                Calls.LIBC.syscall(GETPPID);
                issued++;
              }
              return issued;
            });
    work.add(calls);
    return calls;
  }

  private void serve() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        work.take().run();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
