package io.rezolus.libs.recording;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A recording of which everything is known but its values, which its tables read. */
public record StoredRecording(
    String name,
    SortedMap<String, String> labels,
    SortedMap<String, String> metadata,
    boolean complete,
    List<Table> tables)
    implements Recording {
  public StoredRecording {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tables = List.copyOf(tables);
  }
}
