package io.rezolus.libs.recording.rez;

import java.util.OptionalLong;

/**
 * What an archive's catalog says about one table.
 *
 * @param name {@code <sampler>/<group>} or {@code <sampler>}
 * @param rows rows of its segments and of its log
 * @param segments sealed segments
 * @param liveRows rows in the log that no segment holds
 * @param firstTs time of the first row, nanoseconds since the Unix epoch
 * @param lastTs time of the last row
 */
public record TableCatalog(
    String name, long rows, int segments, long liveRows, long firstTs, long lastTs) {
  /** The sampler that the table belongs to. */
  public String sampler() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Mean distance of rows in nanoseconds; none below two rows. */
  public OptionalLong cadenceNanos() {
    return rows < 2 ? OptionalLong.empty() : OptionalLong.of((lastTs - firstTs) / (rows - 1));
  }
}
