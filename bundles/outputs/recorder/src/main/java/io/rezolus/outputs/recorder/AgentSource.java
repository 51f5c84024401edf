package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.recording.spool.Provenance;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.SnapshotDecoder;
import io.rezolus.libs.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An agent that answers over HTTP. */
final class AgentSource implements SampleSource {
  private static final Duration DETAIL_BOUND = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final URI snapshots;
  private final Duration bound;
  private final BoundedGet http;
  private final SnapshotDecoder decoder = new SnapshotDecoder();
  private final Provenance provenance;
  private final String name;
  private volatile SourceDetails details;
  private volatile boolean entries;

  /**
   * @param snapshots where the snapshots are
   * @param bound how long a sample may take
   * @param http cancelled by the caller to give up early
   */
  AgentSource(Endpoint endpoint, URI snapshots, String name, Duration bound, BoundedGet http) {
    this.endpoint = endpoint;
    this.snapshots = snapshots;
    this.name = name;
    this.bound = bound;
    this.http = http;
    provenance = new Provenance(name, endpoint.base().toString());
    details = ask();
  }

  @Override
  public Snapshot sample() throws IOException {
    return labelled(http.get(snapshots, bound));
  }

  /**
   * The snapshot in an answer.
   *
   * @throws IOException when it is none
   */
  Snapshot labelled(byte[] body) throws IOException {
    try {
      DecodedSnapshot decoded = decoder.decode(body);
      entries = decoded.version() < 3;
      return provenance.apply(decoded.snapshot());
    } catch (WireException e) {
      throw new IOException("answer is not a whole snapshot: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean entries() {
    return entries;
  }

  @Override
  public void cancel() {
    http.cancel();
  }

  @Override
  public SourceDetails details() {
    return details;
  }

  @Override
  public boolean refresh(long awaySinceNanos) {
    JsonElement status = json("/status");
    SourceDetails now = ask();
    if (now.systemInfo() != null) {
      details = now;
    }
    try {
      double uptime = status.getAsJsonObject().get("uptime_seconds").getAsDouble();
      double away = System.currentTimeMillis() / 1e3 - awaySinceNanos / 1e9;
      return uptime < away + 1;
    } catch (NullPointerException | IllegalStateException | NumberFormatException e) {
      // no status, or one that does not say: then nothing is claimed
      return false;
    }
  }

  private SourceDetails ask() {
    return new SourceDetails(
        Protocol.MSGPACK,
        name,
        endpoint.hostPort(),
        text("/systeminfo"),
        text("/metrics/descriptions"),
        text("/samplers"));
  }

  private String text(String path) {
    JsonElement json = json(path);
    return json == null ? null : json.toString();
  }

  /** A JSON document, or null: each of them is optional. */
  private JsonElement json(String path) {
    try {
      byte[] body = http.get(endpoint.route(path), DETAIL_BOUND);
      return JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
    } catch (IOException | JsonParseException e) {
      return null;
    }
  }
}
