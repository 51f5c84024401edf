package io.rezolus.outputs.recorder;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after another beside the recording, so that none makes a sample late. */
final class WriterThread {
  private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);
  private static final int QUEUED_MAX = 64;

  private final BlockingQueue<Job> jobs;
  private final Thread thread;
  private volatile IOException failure;
  private boolean ended;

  WriterThread(String name) {
    this(name, QUEUED_MAX);
  }

  /**
   * @param queuedMax how many jobs may wait
   */
  WriterThread(String name, int queuedMax) {
    jobs = new ArrayBlockingQueue<>(queuedMax);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues a job, and waits for room where many are queued.
   *
   * @throws IOException when an earlier one failed
   */
  void submit(Job job) throws IOException {
    check();
    try {
      jobs.put(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Expects that all has gone well so far.
   *
   * @throws IOException when a job failed
   */
  void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Queues a job if there is room; returns false when there is none or an earlier one failed. */
  boolean offer(Job job) {
    return failure == null && jobs.offer(job);
  }

  /** Queues a job whose failure is of no consequence, if there is room. */
  void attempt(Job job) {
    offer(
        () -> {
          try {
            job.run();
          } catch (IOException | RuntimeException e) {
            LOG.debug("{}: {}", thread.getName(), e.toString());
          }
        });
  }

  /**
   * Waits until everything queued is done. Nothing may be queued afterwards.
   *
   * @throws IOException when a job failed
   */
  void end() throws IOException {
    end(() -> {});
  }

  /**
   * As {@link #end()}.
   *
   * @param meanwhile called again and again until then
   */
  void end(Runnable meanwhile) throws IOException {
    if (!ended) {
      ended = true;
      try {
        while (!jobs.offer(Job.END, 1, TimeUnit.MILLISECONDS)) {
          meanwhile.run();
        }
        while (thread.isAlive()) {
          meanwhile.run();
          thread.join(1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    check();
  }

  private void run() {
    try {
      for (Job job = jobs.take(); job != Job.END; job = jobs.take()) {
        // after a failure the queue is only emptied, so that nobody waits for room in it
        if (failure == null) {
          run(job);
        }
      }
    } catch (InterruptedException e) {
      failure = new IOException("interrupted", e);
    }
  }

  private void run(Job job) {
    try {
      job.run();
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException(e.toString(), e);
    }
  }

  /** Something the thread does. */
  interface Job {
    Job END = () -> {};

    void run() throws IOException;
  }
}
