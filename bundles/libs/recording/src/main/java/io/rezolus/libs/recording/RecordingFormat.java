package io.rezolus.libs.recording;

/** Layouts of recordings on disk, told apart by content and never by name. */
public enum RecordingFormat {
  /** One parquet file with everything in one table. */
  PARQUET,
  /** {@code .rez} version 3: a SQLite file with a table per acquisition group. */
  REZ,
  /** {@code .rez} version 1 or 2: a tar of parquet files and a manifest. */
  REZ_TAR,
  /** msgpack snapshots one after another, plain or compressed with zstd. */
  RAW,
  /** A tar of two parquet recordings that are to be compared. */
  AB_TAR,
  /** Prometheus text exposition: the samples of one moment. */
  PROMETHEUS
}
