package io.rezolus.outputs.recorder;

import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Finds out what an endpoint speaks, by what it answers. */
final class SourceProbe {
  private final EndpointSpec spec;
  private final BoundedGet http;
  private final Duration sampleBound;

  /**
   * @param http cancelled by the caller to give up early
   * @param sampleBound how long a sample may take later
   */
  SourceProbe(EndpointSpec spec, BoundedGet http, Duration sampleBound) {
    this.spec = spec;
    this.http = http;
    this.sampleBound = sampleBound;
  }

  /**
   * Asks once. What is loaded for it does not make the first sample late.
   *
   * @param bound how long it may take
   * @throws IOException when nothing answers, or something that cannot be recorded
   */
  SampleSource probe(Duration bound) throws IOException {
    Endpoint endpoint = spec.endpoint();
    if (spec.protocol() != null) {
      URI uri = endpoint.bare() ? endpoint.route(spec.protocol().path) : endpoint.base();
      byte[] body = get(uri, bound);
      return spec.protocol() == Protocol.MSGPACK ? agent(uri, body) : prometheus(uri, body);
    }
    if (!endpoint.bare()) {
      URI uri = endpoint.base();
      byte[] body = get(uri, bound);
      return looksLikeSnapshot(body) ? agent(uri, body) : prometheus(uri, body);
    }
    URI binary = endpoint.route(Protocol.MSGPACK.path);
    long begin = System.nanoTime();
    IOException trouble;
    try {
      return agent(binary, get(binary, bound));
    } catch (IOException e) {
      trouble = e;
    }
    Duration left = bound.minusNanos(System.nanoTime() - begin);
    if (left.isNegative() || left.isZero()) {
      // what does not answer at one route does not at the other
      throw trouble;
    }
    URI text = endpoint.route(Protocol.PROMETHEUS.path);
    try {
      return prometheus(text, http.get(text, left));
    } catch (IOException e) {
      // the agent's route is what most users mean
      throw trouble;
    }
  }

  private byte[] get(URI uri, Duration bound) throws IOException {
    try {
      return http.get(uri, bound);
    } catch (IOException e) {
      throw new IOException(uri + ": " + e.getMessage(), e);
    }
  }

  private SampleSource agent(URI uri, byte[] body) throws IOException {
    AgentSource source =
        new AgentSource(spec.endpoint(), spec.name(Protocol.MSGPACK), sampleBound, http);
    try {
      source.begin(body);
    } catch (IOException e) {
      throw new IOException(
          uri + ": answers, but not as a Rezolus agent (" + e.getMessage() + ")", e);
    }
    return source;
  }

  private SampleSource prometheus(URI uri, byte[] body) throws IOException {
    String name = spec.name(Protocol.PROMETHEUS);
    // the columns are numbered by the first sample that is recorded, not by this one
    PrometheusSource trial = new PrometheusSource(spec.endpoint(), uri, name, sampleBound, http);
    if (body.length > 0 && trial.read(body).groups().isEmpty()) {
      throw new IOException(
          uri + ": answers, but neither as a Rezolus agent nor with Prometheus metrics");
    }
    return new PrometheusSource(spec.endpoint(), uri, name, sampleBound, http);
  }

  /** Snapshots are arrays of four to six elements; no text begins with such a byte. */
  private static boolean looksLikeSnapshot(byte[] body) {
    return body.length > 0 && (body[0] & 0xff) >= 0x94 && (body[0] & 0xff) <= 0x96;
  }
}
