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
import java.util.OptionalDouble;

/** An agent that answers over HTTP. */
final class AgentSource implements SampleSource {
  private final Endpoint endpoint;
  private final Duration bound;
  private final AgentClient agent;
  // gets details while a sample is under way
  private final BoundedGet aside = new BoundedGet();
  private final Provenance provenance;
  private final String name;
  private final Continuity continuity = new Continuity();
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
    Snapshot snapshot = labelled(agent.decode(body));
    details = ask(agent);
    continuity.answered(snapshot);
  }

  @Override
  public Snapshot sample() throws IOException {
    Snapshot snapshot;
    try {
      snapshot = labelled(agent.snapshot(bound));
    } catch (IOException e) {
      continuity.failed();
      throw e;
    }
    continuity.answered(snapshot);
    return snapshot;
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
  public boolean changed() {
    return continuity.doubtful();
  }

  @Override
  public boolean refresh() {
    Continuity.Doubt doubt = continuity.takeDoubt();
    if (doubt == null) {
      return false;
    }
    AgentClient client = new AgentClient(endpoint, aside);
    long before = System.nanoTime();
    OptionalDouble uptime = uptime(client.status());
    boolean restarted =
        uptime.isPresent() && doubt.restarted(before, System.nanoTime(), uptime.getAsDouble());
    if (restarted || doubt.details()) {
      details = details.updatedBy(ask(client));
    }
    return restarted;
  }

  private static OptionalDouble uptime(JsonElement status) {
    if (status == null || !status.isJsonObject()) {
      return OptionalDouble.empty();
    }
    JsonElement uptime = status.getAsJsonObject().get("uptime_seconds");
    boolean number =
        uptime != null && uptime.isJsonPrimitive() && uptime.getAsJsonPrimitive().isNumber();
    return number ? OptionalDouble.of(uptime.getAsDouble()) : OptionalDouble.empty();
  }

  private SourceDetails ask(AgentClient client) {
    return new SourceDetails(
        Protocol.MSGPACK,
        name,
        endpoint.hostPort(),
        text(client.systemInfo()),
        text(client.descriptions()),
        text(client.samplers()));
  }

  private static String text(JsonElement json) {
    return json == null ? null : json.toString();
  }
}
