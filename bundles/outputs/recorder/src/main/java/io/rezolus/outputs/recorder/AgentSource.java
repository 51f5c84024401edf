package io.rezolus.outputs.recorder;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.recording.spool.Provenance;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotDecoder;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import io.rezolus.libs.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An agent that answers over HTTP. */
final class AgentSource implements SampleSource {
  private static final Duration PROBE_BOUND = Duration.ofSeconds(10);
  private static final Duration DETAIL_BOUND = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final Duration bound;
  private final BoundedGet http;
  private final SnapshotDecoder decoder = new SnapshotDecoder();
  private final SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
  private final MsgpackBuffer buffer = new MsgpackBuffer();
  private final Provenance provenance;
  private final SourceDetails details;

  private AgentSource(
      Endpoint endpoint,
      Duration bound,
      BoundedGet http,
      Provenance provenance,
      SourceDetails details) {
    this.endpoint = endpoint;
    this.bound = bound;
    this.http = http;
    this.provenance = provenance;
    this.details = details;
  }

  /**
   * Asks once whether an agent answers, and what it knows about itself.
   *
   * @param interval time between samples; a sample may take twice as long, within 2 to 10 seconds
   * @param http cancelled by the caller to give up early
   * @throws CommandException when nothing answers, or something that is no agent
   */
  static AgentSource probe(Endpoint endpoint, String name, Duration interval, BoundedGet http)
      throws CommandException {
    byte[] body;
    try {
      body = http.get(endpoint.snapshots(), PROBE_BOUND);
    } catch (IOException e) {
      if (http.cancelled()) {
        throw new CommandException(ExitCode.FAILURE, "stopped before the first sample", e);
      }
      throw new CommandException(
          ExitCode.FAILURE,
          endpoint.snapshots()
              + ": "
              + e.getMessage()
              + "; start an agent with \"rezolus config/agent.toml\", or name one with --url",
          e);
    }
    DecodedSnapshot decoded;
    try {
      decoded = new SnapshotDecoder().decode(body);
    } catch (WireException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          endpoint.snapshots()
              + ": answers, but not as a Rezolus agent (expected a msgpack snapshot: "
              + e.getMessage()
              + "); check --url",
          e);
    }
    SourceDetails details =
        new SourceDetails(
            name,
            endpoint.hostPort(),
            json(http, endpoint, "/systeminfo"),
            json(http, endpoint, "/metrics/descriptions"),
            json(http, endpoint, "/samplers"));
    long millis = Math.max(2000, Math.min(10_000, 2 * interval.toMillis()));
    AgentSource source =
        new AgentSource(
            endpoint,
            Duration.ofMillis(millis),
            http,
            new Provenance(name, endpoint.base().toString()),
            details);
    // not recorded, but what is loaded for it does not make the second sample late (100 ms)
    source.labelled(decoded.snapshot());
    return source;
  }

  @Override
  public byte[] sample() throws IOException {
    byte[] body = http.get(endpoint.snapshots(), bound);
    DecodedSnapshot decoded;
    try {
      decoded = decoder.decode(body);
    } catch (WireException e) {
      throw new IOException("answer is not a whole snapshot: " + e.getMessage(), e);
    }
    return labelled(decoded.snapshot());
  }

  private byte[] labelled(Snapshot snapshot) {
    buffer.clear();
    encoder.encode(provenance.apply(snapshot), buffer);
    return buffer.toByteArray();
  }

  @Override
  public void cancel() {
    http.cancel();
  }

  @Override
  public SourceDetails details() {
    return details;
  }

  /** A JSON document, or null: each of them is optional. */
  private static String json(BoundedGet http, Endpoint endpoint, String path) {
    try {
      byte[] body = http.get(endpoint.route(path), DETAIL_BOUND);
      JsonElement json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
      return json.toString();
    } catch (IOException | JsonParseException e) {
      return null;
    }
  }
}
