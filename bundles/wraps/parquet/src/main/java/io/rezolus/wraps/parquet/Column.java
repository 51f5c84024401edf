package io.rezolus.wraps.parquet;

import java.util.Objects;

/**
 * A top-level column.
 *
 * @param name opaque text; real files repeat names, so a column is addressed by its position
 * @param type what its values are
 * @param required whether it has a value in every row; only {@code UINT64} and {@code INT64} may
 */
public record Column(String name, ColumnType type, boolean required) {
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** A column that may lack values. */
  public static Column optional(String name, ColumnType type) {
    return new Column(name, type, false);
  }
}
