package io.rezolus.libs.recording.combine;

import io.rezolus.libs.recording.RecordedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The columns of a combination: {@code duration} of the primary input, then those of each input,
 * renamed and labelled so that every name is there once.
 */
final class ColumnsOfCombination {
  private static final String BUCKETS = ":buckets";

  final List<RecordedColumn> columns = new ArrayList<>();
  final List<Origin> origins = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  ColumnsOfCombination(List<CombineInput> inputs, List<Identity> identities, int primary) {
    names.add("timestamp");
    for (RecordedColumn column : inputs.get(primary).table().columns()) {
      if (isDuration(column)) {
        add(primary, column, column.name(), column.metadata());
        break;
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      for (RecordedColumn column : inputs.get(i).table().columns()) {
        if (!isDuration(column)) {
          add(i, column, identities.get(i));
        }
      }
    }
  }

  /** The machines and services that the columns of a combination say they are of. */
  static Set<Identity> identities(CombineInput combination) {
    Set<Identity> identities = new LinkedHashSet<>();
    for (RecordedColumn column : combination.table().columns()) {
      for (String label : new String[] {Identity.NODE, Identity.INSTANCE}) {
        String value = column.metadata().get(label);
        if (value != null) {
          identities.add(new Identity(column.label("source"), label, value));
          break;
        }
      }
    }
    return identities;
  }

  private void add(int input, RecordedColumn column, Identity identity) {
    Map<String, String> metadata = new TreeMap<>(column.metadata());
    metadata.putIfAbsent("metric", column.metric());
    metadata.putIfAbsent("metric_type", column.kind().name().toLowerCase(Locale.ROOT));
    String name = column.name();
    if (identity.label() != null) {
      String before = metadata.put(identity.label(), identity.value());
      if (before != null && !before.equals(identity.value())) {
        // a label of the service's own, kept under the name Prometheus gives such labels
        metadata.putIfAbsent("exported_" + identity.label(), before);
      }
      metadata.putIfAbsent("source", identity.source());
      name = identity.prefix() + name;
    }
    add(input, column, name, metadata);
  }

  private void add(int input, RecordedColumn column, String name, Map<String, String> metadata) {
    RecordedColumn added = RecordedColumn.of(origins.size(), unique(name), column.kind(), metadata);
    columns.add(added);
    origins.add(new Origin(input, column));
  }

  /** Inputs may have a name twice, as where a metric changed its kind while it was recorded. */
  private String unique(String name) {
    String candidate = name;
    boolean buckets = name.endsWith(BUCKETS);
    String bare = buckets ? name.substring(0, name.length() - BUCKETS.length()) : name;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = bare + "#" + i + (buckets ? BUCKETS : "");
    }
    return candidate;
  }

  private static boolean isDuration(RecordedColumn column) {
    return column.name().equals("duration");
  }
}
