package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One endpoint of a recording: waited for until it answers for the first time, sampled from then
 * on. Probing and sampling may happen in another thread, everything else is the recording's.
 */
final class Feed {
  private final String what;
  private final String role;
  private final SourceProbe probe;
  private volatile SampleSource source;
  private volatile String probeTrouble;
  private final List<JsonObject> events = new ArrayList<>();
  private long samples;
  private long firstNanos;
  private long lastNanos;
  private String trouble;
  private long missed;

  private Feed(String what, String role, SourceProbe probe, SampleSource source) {
    this.what = what;
    this.role = role;
    this.probe = probe;
    this.source = source;
  }

  /** An endpoint that has to be found first. */
  static Feed of(EndpointSpec spec, SourceProbe probe) {
    Feed feed = new Feed(spec.endpoint().base().toString(), spec.role(), probe, null);
    feed.probeTrouble = feed.what + ": no answer yet";
    return feed;
  }

  /** A source that is there. */
  static Feed of(String what, SampleSource source) {
    return new Feed(what, null, null, source);
  }

  /** What messages call it. */
  String what() {
    return what;
  }

  /** What it does, for whoever compares sources; may be null. */
  String role() {
    return role;
  }

  boolean active() {
    return source != null;
  }

  /** Tries to find it; why that failed is {@link #probeTrouble}. */
  void probe(Duration bound) {
    try {
      source = probe.probe(bound);
    } catch (IOException e) {
      probeTrouble = e.getMessage();
    }
  }

  String probeTrouble() {
    return probeTrouble;
  }

  Snapshot take() throws IOException {
    return source.sample();
  }

  /** Whether the last sample's groups are made up, see {@link SampleSource#entries}. */
  boolean entries() {
    return source.entries();
  }

  SourceDetails details() {
    return source.details();
  }

  void cancel() {
    SampleSource current = source;
    if (current != null) {
      current.cancel();
    }
  }

  /**
   * Counts a sample.
   *
   * @return what the user should know; null for nothing
   */
  String sampled() {
    long nanos = Stamp.wallNanos();
    String news = null;
    if (trouble != null) {
      boolean restarted = samples > 0 && source.refresh(lastNanos);
      news = what + ": sampling again; " + missed + " missed";
      if (restarted) {
        news += "; it was restarted meanwhile";
        event(nanos);
      }
      trouble = null;
      missed = 0;
    }
    lastNanos = nanos;
    if (samples++ == 0) {
      firstNanos = nanos;
    }
    return news;
  }

  /**
   * Counts a missed sample.
   *
   * @return what the user should know; null where the same was said before
   */
  String missed(String why) {
    missed++;
    if (why.equals(trouble)) {
      return null;
    }
    trouble = why;
    return what + ": sample missed: " + why + "; trying again every interval";
  }

  private void event(long nanos) {
    JsonObject event = new JsonObject();
    event.addProperty("timestamp", nanos);
    event.addProperty("description", what + " was restarted");
    event.addProperty("kind", "restart");
    event.addProperty("source", details().name());
    events.add(event);
  }

  /** What happened to it, in the shape of a recording's events. */
  List<JsonObject> events() {
    return events;
  }

  long samples() {
    return samples;
  }

  /** Wall clock of the first sample, nanoseconds since the Unix epoch. */
  long firstNanos() {
    return firstNanos;
  }

  /** Wall clock of the last sample. */
  long lastNanos() {
    return lastNanos;
  }

  /** Why the last sample was missed; null when it was not. */
  String trouble() {
    return trouble;
  }
}
