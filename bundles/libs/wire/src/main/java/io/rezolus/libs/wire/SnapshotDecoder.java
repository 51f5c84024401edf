package io.rezolus.libs.wire;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads msgpack snapshots of versions 1, 2 and 3, told apart by their number of elements. One
 * decoder per producer: it remembers the schemas received, for groups sent without one. Not thread
 * safe.
 */
public final class SnapshotDecoder {
  /** Largest snapshot that is accepted unless told otherwise: 64 MiB. */
  public static final int DEFAULT_MAX_BYTES = 64 << 20;

  private final int maxBytes;
  private final GroupDecoder groups = new GroupDecoder(new SchemaCache());

  public SnapshotDecoder() {
    this(DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes size above which a snapshot is refused
   */
  public SnapshotDecoder(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes one snapshot that fills {@code body} to its end.
   *
   * @throws WireException when it is anything else
   */
  public DecodedSnapshot decode(byte[] body) throws WireException {
    if (body.length > maxBytes) {
      throw new WireException(0, body.length + " bytes, expected at most " + maxBytes);
    }
    WireReader in = new WireReader(body);
    try {
      DecodedSnapshot decoded = decode(in);
      if (!in.atEnd()) {
        throw in.failure("bytes follow the end of the snapshot");
      }
      return decoded;
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("reading an array", e);
    }
  }

  DecodedSnapshot decode(WireReader in) throws IOException {
    in.mark();
    int elements = in.array();
    int version =
        switch (elements) {
          case 5 -> 1;
          case 6 -> 2;
          case 4 -> 3;
          default -> throw in.failure(elements + " elements: expected 4 (v3), 5 (v1) or 6 (v2)");
        };
    long systemTime = nanos(in, "system time");
    long duration = version == 1 ? 0 : nanos(in, "duration");
    Map<String, String> metadata = strings(in);
    List<String> skipped = new ArrayList<>();
    List<GroupData> decoded =
        version == 3 ? groups.decode(in, skipped) : EntryDecoder.decode(in, skipped);
    return new DecodedSnapshot(
        version, new Snapshot(systemTime, duration, metadata, decoded), List.copyOf(skipped));
  }

  static Map<String, String> strings(WireReader in) throws IOException {
    int entries = in.map();
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < entries; i++) {
      String key = in.string();
      map.put(key, in.string());
    }
    return map;
  }

  private static long nanos(WireReader in, String what) throws IOException {
    in.array(2, what);
    long seconds = in.unsigned();
    long nanos = in.unsigned();
    if (seconds < 0
        || seconds > Long.MAX_VALUE / 1_000_000_000L - 1
        || nanos < 0
        || nanos >= 1_000_000_000L) {
      throw in.failure(
          what
              + " of "
              + Long.toUnsignedString(seconds)
              + " s and "
              + Long.toUnsignedString(nanos)
              + " ns: out of range");
    }
    return seconds * 1_000_000_000L + nanos;
  }
}
