package io.rezolus.outputs.recorder;

import io.rezolus.libs.client.Endpoint;

/**
 * An endpoint as the user describes it.
 *
 * @param endpoint where it answers
 * @param source value of the label {@code source}; null to go by the protocol
 * @param role what it does, {@code service} or {@code loadgen}; null for nothing
 * @param protocol null to find out
 */
record EndpointSpec(Endpoint endpoint, String source, String role, Protocol protocol) {

  /**
   * Reads {@code url[,source=NAME][,role=LABEL][,protocol=msgpack|prometheus]}.
   *
   * @throws IllegalArgumentException naming the part that is wrong
   */
  static EndpointSpec parse(String text) {
    String[] parts = text.split(",");
    Endpoint endpoint = Endpoint.parse(parts[0].strip());
    String source = null;
    String role = null;
    Protocol protocol = null;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      if (part.isEmpty()) {
        continue;
      }
      if (equals <= 0 || equals == part.length() - 1) {
        throw new IllegalArgumentException(
            part + ": expected source=NAME, role=LABEL or protocol=msgpack|prometheus");
      }
      String value = part.substring(equals + 1);
      switch (part.substring(0, equals)) {
        case "source" -> source = value;
        case "role" -> role = value;
        case "protocol" -> protocol = Protocol.parse(value);
        default ->
            throw new IllegalArgumentException(
                part + ": unknown; expected source=, role= or protocol=");
      }
    }
    return new EndpointSpec(endpoint, source, role, protocol);
  }

  EndpointSpec withSource(String name) {
    return new EndpointSpec(endpoint, name, role, protocol);
  }

  /** Name of the source once its protocol is known. */
  String name(Protocol spoken) {
    if (source != null) {
      return source;
    }
    return spoken == Protocol.MSGPACK ? "rezolus" : endpoint.hostPort();
  }
}
