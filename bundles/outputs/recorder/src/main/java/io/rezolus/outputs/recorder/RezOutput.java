package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.recording.rez.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Commits every sample to an archive that is valid at any moment, before the next one is asked for:
 * a kill loses the one that is under way. A thread of its own encodes segments, so that these do
 * not make the next sample late.
 */
final class RezOutput implements Output {
  /** Samples after which the code that ends the recording has run often enough to be quick. */
  private static final int REHEARSALS = 8;

  private final RecordingPlan plan;
  private final Feed feed;
  private final RezWriter writer;
  private final Stamp stamp = new Stamp();
  private final WriterThread encoder = new WriterThread("rezolus-encoder");
  private final AtomicReference<Sealing> encoded = new AtomicReference<>();
  private boolean encoding;
  private int samples;
  // what the archive says of the source
  private Map<String, String> described;

  RezOutput(RecordingPlan plan, Feed feed) throws IOException {
    this.plan = plan;
    this.feed = feed;
    described = metadata(plan, feed);
    writer =
        RezWriter.create(
            plan.output(),
            labels(plan, feed),
            described,
            RezWriterOptions.standard(stamp.anchorNanos()));
  }

  @Override
  public void append(Feed feed, Snapshot snapshot) throws IOException {
    if (samples++ < REHEARSALS) {
      encoder.attempt(() -> RezWriter.rehearse(snapshot));
    }
    long time = stamp.next();
    long offset = Stamp.wallNanos() - time;
    if (feed.entries()) {
      writer.appendEntries(snapshot, time, offset);
    } else {
      writer.append(snapshot, time, offset);
    }
  }

  @Override
  public void tick() throws IOException {
    seal();
    Sealing due = encoding ? null : writer.due();
    if (due != null) {
      encoding = true;
      encoder.submit(
          () -> {
            due.encode();
            encoded.set(due);
          });
    }
  }

  /** Stores what has become known of the source meanwhile. */
  private void describe() throws IOException {
    Map<String, String> now = metadata(plan, feed);
    if (!now.equals(described)) {
      writer.describe(now);
      described = now;
    }
  }

  /** Stores segments that have been encoded. */
  private void seal() throws IOException {
    Sealing done = encoded.getAndSet(null);
    if (done != null) {
      writer.seal(done);
      encoding = false;
    } else if (encoding) {
      encoder.check();
    }
  }

  @Override
  public List<String> finish(List<Feed> feeds) throws IOException {
    encoder.end();
    seal();
    describe();
    writer.finish();
    return List.of(ParquetFinish.line(plan.output(), feeds.get(0).samples()));
  }

  @Override
  public void discard() throws IOException {
    encoder.end();
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
    try (writer) {
      encoder.end();
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
    putIfPresent(metadata, "events", Footer.events(feed));
    return metadata;
  }

  private static void putIfPresent(Map<String, String> map, String key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
