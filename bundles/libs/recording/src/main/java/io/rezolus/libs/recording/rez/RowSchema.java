package io.rezolus.libs.recording.rez;

import io.rezolus.core.api.metric.MetricKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The schema in a stored row of a group. */
final class RowSchema {
  private RowSchema() {}

  /** What becomes of each member, in one list for each kind. */
  static <T> List<List<T>> read(RowReader in, BiFunction<String, SortedMap<String, String>, T> each)
      throws IOException {
    List<List<T>> kinds = new ArrayList<>();
    in.array(MetricKind.values().length);
    for (int kind = 0; kind < MetricKind.values().length; kind++) {
      int members = in.array();
      List<T> list = new ArrayList<>();
      for (int i = 0; i < members; i++) {
        in.array(2);
        String name = in.string();
        list.add(each.apply(name, labels(in)));
      }
      kinds.add(list);
    }
    return kinds;
  }

  static SortedMap<String, String> labels(RowReader in) throws IOException {
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = in.map(); i > 0; i--) {
      String key = in.string();
      labels.put(key, in.string());
    }
    return labels;
  }
}
