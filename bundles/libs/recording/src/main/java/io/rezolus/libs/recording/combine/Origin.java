package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;

/**
 * Where a column of a combination comes from.
 *
 * @param table which of the tables
 * @param column the column there
 */
public record Origin(int table, RecordedColumn column) {}
