package io.rezolus.samplers.rusage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Context switches of a process. The kernel prints them for each thread only, so they are summed
 * over the threads seen so far; what a thread did between its last reading and its end is missed.
 */
final class ThreadSwitches implements Closeable {
  private static final byte[] VOLUNTARY = ProcText.key("voluntary_ctxt_switches:");
  private static final byte[] INVOLUNTARY = ProcText.key("nonvoluntary_ctxt_switches:");

  private final Path tasks;
  private final Map<String, ThreadFile> threads = new HashMap<>();
  private long pass;
  private long voluntary;
  private long involuntary;

  /**
   * @param tasks the folder {@code /proc/<pid>/task}
   */
  ThreadSwitches(Path tasks) {
    this.tasks = tasks;
  }

  void read() throws IOException {
    String[] ids = tasks.toFile().list();
    if (ids == null) {
      throw new IOException(tasks + ": cannot be listed");
    }
    pass++;
    for (String id : ids) {
      try {
        ThreadFile thread = threads.get(id);
        if (thread == null) {
          thread = new ThreadFile(new ProcText(tasks.resolve(id).resolve("status"), 4096));
          threads.put(id, thread);
        }
        thread.status.load();
        thread.seen = pass;
        voluntary += thread.advanceVoluntary();
        involuntary += thread.advanceInvoluntary();
      } catch (IOException ended) {
        // the thread ended since the listing; its file is closed below
        continue;
      }
    }
    forgetEnded();
  }

  private void forgetEnded() throws IOException {
    for (Iterator<ThreadFile> i = threads.values().iterator(); i.hasNext(); ) {
      ThreadFile thread = i.next();
      if (thread.seen != pass) {
        thread.status.close();
        i.remove();
      }
    }
  }

  long voluntary() {
    return voluntary;
  }

  long involuntary() {
    return involuntary;
  }

  @Override
  public void close() throws IOException {
    for (ThreadFile thread : threads.values()) {
      thread.status.close();
    }
    threads.clear();
  }

  /** An open thread and how much of its counts is in the sums. */
  private static final class ThreadFile {
    final ProcText status;
    long seen;
    private long voluntary;
    private long involuntary;

    ThreadFile(ProcText status) {
      this.status = status;
    }

    long advanceVoluntary() {
      long now = Math.max(voluntary, status.value(VOLUNTARY));
      long more = now - voluntary;
      voluntary = now;
      return more;
    }

    long advanceInvoluntary() {
      long now = Math.max(involuntary, status.value(INVOLUNTARY));
      long more = now - involuntary;
      involuntary = now;
      return more;
    }
  }
}
