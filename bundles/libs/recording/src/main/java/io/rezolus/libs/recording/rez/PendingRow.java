package io.rezolus.libs.recording.rez;

import io.rezolus.libs.wire.SchemaEncoding;

/**
 * A row that is about to be stored.
 *
 * @param segment the table's open segment
 * @param bytes the stored form
 * @param size estimated size within a segment
 * @param observation what tells a new reading from one that was stored already
 * @param schema the schema of a group; null for plain tables
 */
record PendingRow(
    OpenSegment segment, byte[] bytes, int size, long observation, SchemaEncoding schema) {}
