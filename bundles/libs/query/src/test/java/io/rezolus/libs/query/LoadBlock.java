package io.rezolus.libs.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a load command. */
final class LoadBlock {
  private LoadBlock() {}

  static void run(MemorySource source, String command, List<String> lines) {
    String[] words = command.split("\\s+");
    long gap = TestTime.nanos(words[1]);
    Map<Labels, TreeMap<Long, MemorySource.Point>> loaded = new LinkedHashMap<>();
    SeriesLine starts = null;
    for (String line : lines) {
      SeriesLine s = SeriesLine.parse(line);
      if (s.starts()) {
        starts = s;
        continue;
      }
      TreeMap<Long, MemorySource.Point> points = new TreeMap<>();
      for (int i = 0; i < s.items().size(); i++) {
        MemorySource.Point p = s.items().get(i);
        if (p != null) {
          MemorySource.Point st = starts == null ? null : starts.items().get(i);
          long start = st == null ? 0 : i * gap + st.start();
          points.put(i * gap, new MemorySource.Point(p.value(), p.histogram(), start));
        }
      }
      starts = null;
      loaded.put(s.labels(), points);
    }
    if (words[0].contains("with_nhcb")) {
      loaded.putAll(CustomBuckets.convert(loaded));
    }
    loaded.forEach(source::put);
  }
}
