package io.rezolus.libs.query.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.wire.SnapshotDecoder;
import io.rezolus.libs.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an agent for a snapshot at every interval and feeds a {@link LiveSource} with it. */
public final class LiveAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveAgent.class);
  private static final Duration PROBE_BOUND = Duration.ofSeconds(10);
  private static final long QUIET_NANOS = 60_000_000_000L;
  private static final Duration DETAIL_BOUND = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final Duration bound;
  private final BoundedGet http;
  private final SnapshotDecoder decoder = new SnapshotDecoder();
  private final LiveSource source;
  private final ScheduledExecutorService clock;
  private boolean failing;
  private boolean setBack;
  private long lastSetBack;

  private LiveAgent(Endpoint endpoint, Duration interval, BoundedGet http, LiveSource source) {
    this.endpoint = endpoint;
    this.http = http;
    this.source = source;
    bound = Duration.ofMillis(Math.max(2000, Math.min(10_000, 2 * interval.toMillis())));
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rezolus-live");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Asks once and then again at every interval until closed.
   *
   * @param window how much of the past is held
   * @param maxBytes memory it may take
   * @throws IOException when nothing answers, or something that is no agent; the message is one
   *     line that names the endpoint
   */
  public static LiveAgent connect(
      Endpoint endpoint, Duration interval, Duration window, long maxBytes) throws IOException {
    BoundedGet http = new BoundedGet();
    LiveSource source = new LiveSource(window, maxBytes, interval, descriptions(http, endpoint));
    LiveAgent agent = new LiveAgent(endpoint, interval, http, source);
    try {
      agent.pull(PROBE_BOUND);
    } catch (IOException e) {
      agent.close();
      throw new IOException(endpoint.snapshots() + ": " + e.getMessage(), e);
    }
    long nanos = interval.toNanos();
    // at multiples of the interval, so that several of them read at the same time
    long millis = System.currentTimeMillis() % Math.max(1, interval.toMillis());
    agent.clock.scheduleAtFixedRate(
        agent::tick, nanos - millis * 1_000_000, nanos, TimeUnit.NANOSECONDS);
    return agent;
  }

  /** What was received. */
  public LiveSource source() {
    return source;
  }

  private void tick() {
    try {
      pull(bound);
      if (failing) {
        // as loud as the complaint it takes back
        LOG.warn("{} answers again", endpoint.snapshots());
      }
      failing = false;
    } catch (IOException e) {
      if (!failing && !http.cancelled()) {
        LOG.warn("{}: {}; still trying", endpoint.snapshots(), e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      // a defect in one snapshot must not end the task for good
      LOG.error("{}: snapshot not understood", endpoint.snapshots(), e);
    }
  }

  private void pull(Duration patience) throws IOException {
    byte[] body = http.get(endpoint.snapshots(), patience);
    try {
      long back = source.add(decoder.decode(body).snapshot());
      if (back > 0) {
        clockWasSetBack(back);
      }
    } catch (WireException e) {
      throw new IOException(
          "answers, but not as a Rezolus agent (expected a msgpack snapshot: "
              + e.getMessage()
              + ")",
          e);
    }
  }

  /**
   * Says so once, and no more while it happens again and again, as with two agents at one address.
   */
  private void clockWasSetBack(long nanos) {
    long now = System.nanoTime();
    if (!setBack || now - lastSetBack > QUIET_NANOS) {
      LOG.warn(
          "{}: its clock went back by {} s; what it said for that time before is forgotten",
          endpoint.snapshots(),
          String.format(Locale.ROOT, "%.3f", nanos / 1e9));
    }
    setBack = true;
    lastSetBack = now;
  }

  /** Help texts by metric name; an agent that does not tell them is as good. */
  private static Map<String, String> descriptions(BoundedGet http, Endpoint endpoint) {
    Map<String, String> out = new TreeMap<>();
    try {
      byte[] body = http.get(endpoint.route("/metrics/descriptions"), DETAIL_BOUND);
      JsonElement json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
      if (json.isJsonObject()) {
        json.getAsJsonObject()
            .asMap()
            .forEach(
                (name, text) -> {
                  if (text.isJsonPrimitive()) {
                    out.put(name, text.getAsString());
                  }
                });
      }
    } catch (IOException | JsonParseException e) {
      LOG.debug("{}: no descriptions: {}", endpoint.base(), e.getMessage());
    }
    return out;
  }

  @Override
  public void close() {
    http.cancel();
    clock.shutdownNow();
  }
}
