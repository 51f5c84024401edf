package io.rezolus.wraps.parquet;

/** Value type of a top-level column. */
public enum ColumnType {
  /** {@code int64} annotated as unsigned. */
  UINT64,
  /** {@code int64} without annotation, or annotated as signed. */
  INT64,
  /** Three-level list of unsigned {@code int64}; the name of its leaf does not matter. */
  UINT64_LIST,
  /** Anything else: listed, not readable. */
  OTHER
}
