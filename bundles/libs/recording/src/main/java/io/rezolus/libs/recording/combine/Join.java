package io.rezolus.libs.recording.combine;

/** Which moments a combination has. */
public enum Join {
  /** Those at which every input has a row. */
  INNER,
  /** Those at which any input has a row; the others lack values there. */
  OUTER
}
