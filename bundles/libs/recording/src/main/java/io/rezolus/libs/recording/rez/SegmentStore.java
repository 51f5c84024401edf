package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.SharedSchemas;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Segments of an open archive; those used last are kept in memory. Safe for several threads. */
final class SegmentStore {
  private static final long KEPT_BYTES = 32 << 20;

  private final Archive archive;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final SharedSchemas schemas = new SharedSchemas();
  private long bytes;

  SegmentStore(Archive archive) {
    this.archive = archive;
  }

  Table segment(long recording, String table, long seq) throws IOException {
    Key key = new Key(recording, table, seq);
    // the connection's monitor guards it and what is kept
    synchronized (archive) {
      Kept found = kept.get(key);
      if (found == null) {
        byte[] parquet = archive.call(connection -> load(connection, key));
        found = new Kept(open(parquet, table + " segment " + seq), parquet.length);
        kept.put(key, found);
        bytes += found.bytes;
        Iterator<Kept> eldest = kept.values().iterator();
        while (bytes > KEPT_BYTES && kept.size() > 1) {
          bytes -= eldest.next().bytes;
          eldest.remove();
        }
      }
      return found.table;
    }
  }

  /** Opens a segment, or rows that are in the form of one. */
  Table open(byte[] parquet, String what) throws IOException {
    // a path is made of it, which has no room for this one
    String printable = archive.path() + ": " + what.replace('\0', '?');
    try {
      return ParquetRecording.open(parquet, printable, schemas).table();
    } catch (IOException e) {
      throw oneLine(e);
    } catch (RuntimeException e) {
      throw oneLine(new IOException(printable + ": damaged segment: " + e.getMessage(), e));
    }
  }

  /** Errors about a segment may quote its whole schema, one line for each column. */
  static IOException oneLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? e : new IOException(message.substring(0, end), e);
  }

  private byte[] load(java.sql.Connection connection, Key key)
      throws java.sql.SQLException, IOException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT bytes FROM segments WHERE recording_id = ? AND sampler = ? AND seq = ?")) {
      query.setLong(1, key.recording);
      query.setString(2, key.table);
      query.setLong(3, key.seq);
      try (ResultSet row = query.executeQuery()) {
        byte[] parquet = row.next() ? row.getBytes(1) : null;
        if (parquet == null) {
          throw new IOException(
              archive.path()
                  + ": segment "
                  + key.seq
                  + " of "
                  + key.table
                  + " is gone: the archive keeps a limited time and was open for longer");
        }
        return parquet;
      }
    }
  }

  private record Key(long recording, String table, long seq) {}

  private record Kept(Table table, long bytes) {}
}
