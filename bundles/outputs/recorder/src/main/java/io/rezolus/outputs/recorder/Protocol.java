package io.rezolus.outputs.recorder;

/** What an endpoint speaks. */
enum Protocol {
  /** Snapshots of an agent. */
  MSGPACK("/metrics/binary"),
  /** Prometheus text exposition. */
  PROMETHEUS("/metrics");

  /** Where it is served unless a URL says otherwise. */
  final String path;

  Protocol(String path) {
    this.path = path;
  }

  /**
   * @throws IllegalArgumentException naming what there is
   */
  static Protocol parse(String text) {
    return switch (text) {
      case "msgpack" -> MSGPACK;
      case "prometheus" -> PROMETHEUS;
      default ->
          throw new IllegalArgumentException(
              text + ": not a protocol; expected msgpack or prometheus");
    };
  }
}
