package io.rezolus.wraps.arrow;

import java.util.Map;

/**
 * A column of an Arrow file or stream.
 *
 * @param name any text; need not be unique
 * @param type what its values are
 * @param nullable whether rows may lack a value
 * @param metadata key-values of the field
 */
public record ArrowColumn(String name, Type type, boolean nullable, Map<String, String> metadata) {
  public ArrowColumn {
    metadata = Map.copyOf(metadata);
  }

  /** Value types. */
  public enum Type {
    /** Nanoseconds since the Unix epoch, UTC. */
    TIMESTAMP,
    UINT64,
    INT64,
    /** Double precision. */
    FLOAT64,
    /** List of unsigned 64-bit integers. */
    UINT64_LIST
  }
}
