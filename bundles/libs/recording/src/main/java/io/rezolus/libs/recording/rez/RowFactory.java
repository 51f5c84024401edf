package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SchemaEncoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes rows of snapshots. Not thread safe. */
final class RowFactory {
  private static final Logger LOG = LoggerFactory.getLogger(RowFactory.class);
  private static final int WARNINGS_MAX = 1000;

  private final Function<String, OpenSegment> segments;
  private final MsgpackBuffer buffer = new MsgpackBuffer(1 << 14);
  private final Set<String> warned = new HashSet<>();

  /**
   * @param segments the open segment of a table
   */
  RowFactory(Function<String, OpenSegment> segments) {
    this.segments = segments;
  }

  /** A row for each group that has a new reading. */
  List<PendingRow> groups(List<GroupData> groups, long ts) {
    List<PendingRow> rows = new ArrayList<>(groups.size());
    Set<String> names = new HashSet<>();
    for (GroupData group : groups) {
      if (!names.add(group.name())) {
        warn(group.name());
      } else if (group.hasReadings()) {
        OpenSegment segment = segments.apply(group.name());
        long observation = group.windowed() ? group.windowEndNanos() : ts;
        if (segment.isNew(observation)) {
          SchemaEncoding schema = segment.encoding(group.schema());
          buffer.clear();
          int size = RowEncoder.group(group, schema, segment.needsAnchor(schema), buffer);
          rows.add(new PendingRow(segment, buffer.toByteArray(), size, observation, schema));
        }
      }
    }
    return rows;
  }

  /** A row for each sampler that has a new reading, of all its groups together. */
  List<PendingRow> entries(List<GroupData> groups, long ts) {
    Map<String, List<GroupData>> samplers = new LinkedHashMap<>();
    for (GroupData group : groups) {
      if (group.hasReadings()) {
        samplers.computeIfAbsent(sampler(group.name()), name -> new ArrayList<>()).add(group);
      }
    }
    List<PendingRow> rows = new ArrayList<>(samplers.size());
    samplers.forEach(
        (sampler, parts) -> {
          OpenSegment segment = segments.apply(sampler);
          long observation = observation(parts, ts);
          if (segment.isNew(observation)) {
            buffer.clear();
            buffer.array(parts.stream().mapToInt(RowEncoder::cells).sum());
            int size = 0;
            for (GroupData part : parts) {
              size += RowEncoder.plain(part, segment.known(), buffer);
            }
            rows.add(new PendingRow(segment, buffer.toByteArray(), size, observation, null));
          }
        });
    return rows;
  }

  private static long observation(List<GroupData> parts, long ts) {
    long newest = 0;
    for (GroupData part : parts) {
      if (part.windowed() && Long.compareUnsigned(part.windowEndNanos(), newest) > 0) {
        newest = part.windowEndNanos();
      }
    }
    return newest == 0 ? ts : newest;
  }

  /** A slash in the name of a table says that it is one of a group. */
  private static String sampler(String group) {
    return group.substring(0, group.lastIndexOf('/')).replace('/', '_');
  }

  private void warn(String group) {
    if (warned.size() < WARNINGS_MAX && warned.add(group)) {
      LOG.warn("group {} is twice in a snapshot: the second is not recorded", group);
    }
  }
}
