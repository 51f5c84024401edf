package io.rezolus.test.prometheus;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.SourceSeries;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Series for both servers: as a source of the engine and as OpenMetrics text. */
final class SampleSet {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * @param times ms since the epoch, ascending
   * @param values whole numbers from 0 to 2^53 in a counter
   */
  private record Series(String name, Map<String, String> labels, long[] times, double[] values) {}

  private final List<Series> text = new ArrayList<>();
  private final List<SourceSeries> series = new ArrayList<>();

  void gauge(String name, Map<String, String> labels, long[] times, double[] values) {
    add(new Series(name, labels, times, values), Samples.gauges(nanos(times), values));
  }

  /** A series that the engine holds as unsigned integers. */
  void counter(String name, Map<String, String> labels, long[] times, long[] values) {
    double[] floats = new double[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i];
    }
    add(new Series(name, labels, times, floats), Samples.counters(nanos(times), values));
  }

  private void add(Series s, Samples samples) {
    text.add(s);
    Map<String, String> all = new TreeMap<>(s.labels);
    all.put(Labels.NAME, s.name);
    series.add(new SourceSeries(Labels.of(all), samples));
  }

  private static long[] nanos(long[] millis) {
    long[] out = new long[millis.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = millis[i] * NANOS_PER_MILLI;
    }
    return out;
  }

  SeriesSource source() {
    return (matchers, start, end) ->
        series.stream()
            .filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels())))
            .toList();
  }

  void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (Series s : text) {
        String labels =
            s.labels.entrySet().stream()
                .map(l -> l.getKey() + "=\"" + l.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "} "));
        String head = s.name + labels;
        for (int i = 0; i < s.times.length; i++) {
          out.append(head).append(number(s.values[i])).append(' ');
          out.append(String.valueOf(s.times[i] / 1000)).append('.');
          out.append(String.format("%03d", s.times[i] % 1000)).append('\n');
        }
      }
      out.append("# EOF\n");
    }
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : Double.toString(value);
  }
}
