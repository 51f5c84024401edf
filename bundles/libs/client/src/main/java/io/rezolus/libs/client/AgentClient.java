package io.rezolus.libs.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.SnapshotDecoder;
import io.rezolus.libs.wire.WireException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The routes of one agent. Not thread safe, but for {@link #cancel}. */
public final class AgentClient {
  private static final Duration DETAIL_BOUND = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final BoundedGet http;
  private final SnapshotDecoder decoder = new SnapshotDecoder();
  private boolean silent;

  /**
   * @param http cancelled by the caller to give up early
   */
  public AgentClient(Endpoint endpoint, BoundedGet http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  /**
   * The agent's present reading.
   *
   * @param bound how long that may take
   * @throws IOException when there is none; the message says why in one line
   */
  public DecodedSnapshot snapshot(Duration bound) throws IOException {
    byte[] body = http.get(endpoint.snapshots(), bound);
    silent = false;
    return decode(body);
  }

  /**
   * The reading in an answer.
   *
   * @throws IOException when it is none
   */
  public DecodedSnapshot decode(byte[] body) throws IOException {
    try {
      return decoder.decode(body);
    } catch (WireException e) {
      throw new IOException("answer is not a whole snapshot: " + e.getMessage(), e);
    }
  }

  /** What the machine is; null where the agent does not say. */
  public JsonElement systemInfo() {
    return json("/systeminfo");
  }

  /** Help texts by metric name; null where the agent has none. */
  public JsonElement descriptions() {
    return json("/metrics/descriptions");
  }

  /** State of every sampler; null where the agent does not say. */
  public JsonElement samplers() {
    return json("/samplers");
  }

  /** The agent's vital signs; null where it does not say. */
  public JsonElement status() {
    return json("/status");
  }

  /** Ends a request under way and refuses all later ones. */
  public void cancel() {
    http.cancel();
  }

  /**
   * A JSON document, or null: each of them is optional. Where one of them is waited for in vain the
   * others are not asked for until there is a reading again, so that not each takes its time.
   */
  private JsonElement json(String path) {
    if (silent) {
      return null;
    }
    try {
      byte[] body = http.get(endpoint.route(path), DETAIL_BOUND);
      return JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      silent = true;
      return null;
    } catch (IOException | JsonParseException e) {
      return null;
    }
  }
}
