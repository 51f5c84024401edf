package io.rezolus.libs.wire;

/** The shapes in which a snapshot is sent. */
public enum SnapshotFormat {
  /** Flat lists of entries that each carry their own labels. */
  V2,
  /** Groups with a hashed schema and positional values. */
  V3;

  /**
   * The format called {@code v2} or {@code v3} in the configuration.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static SnapshotFormat of(String text) {
    return switch (text) {
      case "v2" -> V2;
      case "v3" -> V3;
      default ->
          throw new IllegalArgumentException(
              "snapshot_format: \"" + text + "\": expected \"v2\" or \"v3\"");
    };
  }
}
