package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.client.AgentClient;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.recording.spool.Provenance;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.IOException;
import java.time.Duration;

/** An agent that answers over HTTP. */
final class AgentSource implements SampleSource {
  private final Endpoint endpoint;
  private final Duration bound;
  private final AgentClient agent;
  private final Provenance provenance;
  private final String name;
  private volatile SourceDetails details;
  private volatile boolean entries;

  /**
   * @param bound how long a sample may take
   * @param http cancelled by the caller to give up early
   */
  AgentSource(Endpoint endpoint, String name, Duration bound, BoundedGet http) {
    this.endpoint = endpoint;
    this.name = name;
    this.bound = bound;
    agent = new AgentClient(endpoint, http);
    provenance = new Provenance(name, endpoint.base().toString());
  }

  /**
   * Takes the first answer, which is not recorded, and asks what else there is to know.
   *
   * @throws IOException when it is no snapshot
   */
  void begin(byte[] body) throws IOException {
    labelled(agent.decode(body));
    details = ask();
  }

  @Override
  public Snapshot sample() throws IOException {
    return labelled(agent.snapshot(bound));
  }

  private Snapshot labelled(DecodedSnapshot decoded) {
    entries = decoded.version() < 3;
    return provenance.apply(decoded.snapshot());
  }

  @Override
  public boolean entries() {
    return entries;
  }

  @Override
  public void cancel() {
    agent.cancel();
  }

  @Override
  public SourceDetails details() {
    return details;
  }

  @Override
  public boolean refresh(long awaySinceNanos) {
    SourceDetails now = ask();
    if (now.systemInfo() != null) {
      details = now;
    }
    JsonElement status = agent.status();
    if (status == null || !status.isJsonObject()) {
      return false;
    }
    JsonElement uptime = status.getAsJsonObject().get("uptime_seconds");
    if (uptime == null || !uptime.isJsonPrimitive() || !uptime.getAsJsonPrimitive().isNumber()) {
      return false;
    }
    double away = Stamp.wallNanos() / 1e9 - awaySinceNanos / 1e9;
    return uptime.getAsDouble() < away + 1;
  }

  private SourceDetails ask() {
    return new SourceDetails(
        Protocol.MSGPACK,
        name,
        endpoint.hostPort(),
        text(agent.systemInfo()),
        text(agent.descriptions()),
        text(agent.samplers()));
  }

  private static String text(JsonElement json) {
    return json == null ? null : json.toString();
  }
}
