package io.rezolus.samplers.syscall;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread of its own that can be put into a cgroup of the cpu controller and told what to do. */
final class CgroupThread implements AutoCloseable {
  static final Path ROOT = Path.of("/sys/fs/cgroup/cpu");

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final long tid;

  CgroupThread() throws Exception {
    tid = run(() -> call(Platform.isARM() ? 178 : 186)); // gettid
  }

  /** Makes a system call that may fail; the number is the architecture's. */
  static long call(long number) {
    return Calls.LIBC.syscall(number, -1L, 0L, 0L, 0L, 0L, 0L);
  }

  static Path create(String name) throws IOException {
    return Files.createDirectory(ROOT.resolve(name));
  }

  void moveTo(Path cgroup) throws IOException {
    Files.writeString(cgroup.resolve("tasks"), Long.toString(tid));
  }

  /** Removes a cgroup after taking this thread out of it. */
  void leave(Path cgroup) throws IOException {
    moveTo(ROOT);
    Files.delete(cgroup);
  }

  <T> T run(Callable<T> work) throws Exception {
    return thread.submit(work).get();
  }

  /** Starts work that goes on while the caller does something else. */
  <T> Future<T> start(Callable<T> work) {
    return thread.submit(work);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** libc. */
  interface Calls extends Library {
    Calls LIBC = Native.load("c", Calls.class);

    long syscall(long number, Object... arguments);
  }
}
