package io.rezolus.libs.recording.rez;

import java.util.List;

/**
 * An archive that is being written.
 *
 * @param ticks appended snapshots since the writer began
 * @param rows rows of all tables
 * @param beganTs time of the first row ever, nanoseconds since the Unix epoch; 0 before it
 * @param oldestTs time of the oldest row kept; 0 where there is none
 * @param newestTs time of the newest row; 0 where there is none
 * @param bytes size of the file and of what SQLite keeps beside it
 * @param pages pages of the file
 * @param freePages those of them that are not in use
 * @param tables figures of each table
 */
public record RezStatus(
    long ticks,
    long rows,
    long beganTs,
    long oldestTs,
    long newestTs,
    long bytes,
    long pages,
    long freePages,
    List<TableCatalog> tables) {
  public RezStatus {
    tables = List.copyOf(tables);
  }
}
