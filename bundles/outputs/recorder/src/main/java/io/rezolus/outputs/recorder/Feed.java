package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One endpoint of a recording: waited for until it answers for the first time, sampled from then
 * on. Probing and sampling may happen in another thread, everything else is the recording's.
 */
final class Feed {
  private final String what;
  private final String role;
  private final SourceProbe probe;
  private final List<String> names;
  private volatile SampleSource source;
  private volatile String probeTrouble;
  private final List<JsonObject> events = new ArrayList<>();
  private long samples;
  private long firstNanos;
  private long lastNanos;
  private String trouble;
  private long missed;
  private long unasked;

  private Feed(
      String what, String role, SourceProbe probe, List<String> names, SampleSource source) {
    this.what = what;
    this.role = role;
    this.probe = probe;
    this.names = names;
    this.source = source;
  }

  /** An endpoint that has to be found first. */
  static Feed of(EndpointSpec spec, SourceProbe probe) {
    List<String> names = Stream.of(Protocol.values()).map(spec::name).distinct().toList();
    Feed feed = new Feed(spec.endpoint().base().toString(), spec.role(), probe, names, null);
    feed.probeTrouble = feed.what + ": no answer yet";
    return feed;
  }

  /** A source that is there. */
  static Feed of(String what, SampleSource source) {
    return new Feed(what, null, null, List.of(), source);
  }

  /** What messages call it. */
  String what() {
    return what;
  }

  /** What it does, for whoever compares sources; may be null. */
  String role() {
    return role;
  }

  /** What its source may be named: one name where that is known. */
  List<String> names() {
    SampleSource current = source;
    return current == null ? names : List.of(current.details().name());
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

  /** Whether the last sample suggests that {@link #refresh} finds something. */
  boolean changed() {
    return source.changed();
  }

  /** Asks again for its details, and returns whether it was restarted. */
  boolean refresh() {
    return source.refresh();
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
    String news = trouble == null ? null : what + ": sampling again; " + missed + " missed";
    trouble = null;
    missed = 0;
    lastNanos = Stamp.wallNanos();
    if (samples++ == 0) {
      firstNanos = lastNanos;
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

  /** Counts a sample that was not asked for, as the one before had not come. */
  void passedOver() {
    unasked++;
  }

  /** How many samples were not asked for. */
  long unasked() {
    return unasked;
  }

  /**
   * Notes a restart.
   *
   * @param nanos wall clock when it was noticed
   * @return what the user should know
   */
  String restarted(long nanos) {
    JsonObject event = new JsonObject();
    event.addProperty("timestamp", nanos);
    event.addProperty("description", what + " was restarted");
    event.addProperty("kind", "restart");
    event.addProperty("source", details().name());
    events.add(event);
    return what + ": was restarted; its counters begin anew";
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
