package io.rezolus.wraps.parquet;

/** How hard zstd, which all pages are compressed with, tries. */
public enum WriteOptions {
  /**
   * For files that are kept. {@code ZSTD_lazy2} looks further before it takes a match, which makes
   * histograms half of what the strategy of level 1 does in the same time. Levels from 8 on have it
   * too, with tables that are larger than a page needs.
   */
  CONVERSION(1, 5),

  /** For the segments of an archive, written while a recording is under way: cheap. */
  SEGMENT(3, 0);

  private final int level;
  private final int strategy;

  WriteOptions(int level, int strategy) {
    this.level = level;
    this.strategy = strategy;
  }

  int level() {
    return level;
  }

  /** One of {@code ZSTD_strategy}, or 0 for that of the level. */
  int strategy() {
    return strategy;
  }
}
