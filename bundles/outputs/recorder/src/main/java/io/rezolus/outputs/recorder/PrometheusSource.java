package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.recording.prometheus.PrometheusSnapshots;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Anything that serves Prometheus text exposition. */
final class PrometheusSource implements SampleSource {
  private final Endpoint endpoint;
  private final URI metrics;
  private final String name;
  private final Duration bound;
  private final BoundedGet http;
  private final PrometheusSnapshots snapshots;

  PrometheusSource(Endpoint endpoint, URI metrics, String name, Duration bound, BoundedGet http) {
    this.endpoint = endpoint;
    this.metrics = metrics;
    this.name = name;
    this.bound = bound;
    this.http = http;
    snapshots = new PrometheusSnapshots(name, endpoint.base().toString());
  }

  @Override
  public Snapshot sample() throws IOException {
    Snapshot snapshot = read(http.get(metrics, bound));
    if (snapshot.groups().isEmpty()) {
      throw new IOException("answer holds no sample a recording could keep");
    }
    return snapshot;
  }

  /** The samples in an answer: none where it is no exposition. */
  Snapshot read(byte[] body) {
    return snapshots.read(body, Stamp.wallNanos());
  }

  @Override
  public boolean entries() {
    return true;
  }

  @Override
  public void cancel() {
    http.cancel();
  }

  @Override
  public SourceDetails details() {
    JsonObject descriptions = new JsonObject();
    snapshots.descriptions().forEach(descriptions::addProperty);
    return new SourceDetails(
        Protocol.PROMETHEUS,
        name,
        endpoint.hostPort(),
        null,
        descriptions.size() == 0 ? null : descriptions.toString(),
        null);
  }
}
