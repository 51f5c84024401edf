package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Commits every sample to an archive that is valid at any moment. A thread of its own writes, so
 * that sealing a segment does not make the next sample late; the loop only waits once a few samples
 * are queued.
 */
final class RezOutput implements Output {
  private static final int QUEUED_MAX = 64;

  /** Ticks after which the code that ends the recording has run often enough to be quick. */
  private static final int REHEARSALS = 16;

  private final RecordingPlan plan;
  private final RezWriter writer;
  private final Stamp stamp = new Stamp();
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(QUEUED_MAX);
  private final Thread thread;
  private volatile IOException failure;
  private boolean ended;
  private int ticks;

  RezOutput(RecordingPlan plan, Feed feed) throws IOException {
    this.plan = plan;
    writer =
        RezWriter.create(
            plan.output(),
            labels(plan, feed),
            metadata(plan, feed),
            RezWriterOptions.standard(stamp.anchorNanos()));
    thread = new Thread(this::write, "rezolus-writer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void append(Feed feed, Snapshot snapshot) throws IOException {
    long time = stamp.next();
    long offset = Stamp.wallNanos() - time;
    if (feed.entries()) {
      submit(() -> writer.appendEntries(snapshot, time, offset));
    } else {
      submit(() -> writer.append(snapshot, time, offset));
    }
  }

  @Override
  public void tick() throws IOException {
    submit(writer::sealDue);
    if (ticks++ < REHEARSALS) {
      submit(writer::rehearse);
    }
  }

  @Override
  public List<String> finish(List<Feed> feeds) throws IOException {
    end();
    writer.finish();
    return List.of(ParquetFinish.line(plan.output(), feeds.get(0).samples()));
  }

  @Override
  public void discard() throws IOException {
    end();
    writer.discard();
  }

  @Override
  public String kept() {
    return plan.output().toString();
  }

  @Override
  public List<Path> partials() {
    // the archive is of use as it is
    return List.of();
  }

  @Override
  public void close() throws IOException {
    end();
    writer.close();
  }

  private void submit(Job job) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      jobs.put(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits until everything queued is written. */
  private void end() throws IOException {
    if (!ended) {
      ended = true;
      try {
        jobs.put(Job.END);
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void write() {
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

  private static Map<String, String> labels(RecordingPlan plan, Feed feed) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("source", feed.details().name());
    if (feed.details().hostname() != null) {
      labels.put("host", feed.details().hostname());
    }
    putIfPresent(labels, "node", plan.node());
    putIfPresent(labels, "instance", plan.instance());
    labels.putAll(plan.labels());
    return labels;
  }

  private static Map<String, String> metadata(RecordingPlan plan, Feed feed) {
    SourceDetails details = feed.details();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("sampling_interval_ms", plan.intervalMillis());
    metadata.put("source", details.name());
    metadata.putAll(plan.metadata());
    putIfPresent(metadata, "systeminfo", details.systemInfo());
    putIfPresent(metadata, "descriptions", details.descriptions());
    return metadata;
  }

  private static void putIfPresent(Map<String, String> map, String key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Something the writing thread does. */
  private interface Job {
    Job END = () -> {};

    void run() throws IOException;
  }
}
