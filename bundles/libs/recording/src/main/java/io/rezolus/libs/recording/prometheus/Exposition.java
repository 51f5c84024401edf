package io.rezolus.libs.recording.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one scrape of a Prometheus endpoint said.
 *
 * @param samples in the order of their lines
 * @param help help text by metric name
 * @param unreadable lines that are neither samples nor comments
 */
record Exposition(List<TextSample> samples, Map<String, String> help, int unreadable) {

  /** Reads a text exposition; what it cannot read it leaves out and counts. */
  static Exposition parse(String text) {
    List<TextSample> samples = new ArrayList<>();
    Map<String, String> help = new HashMap<>();
    TypeTable types = new TypeTable();
    int unreadable = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      String line = text.substring(start, end).strip();
      start = end + 1;
      if (line.startsWith("#")) {
        comment(line, types, help);
      } else if (!line.isEmpty()) {
        TextSample sample = SampleLine.parse(line, types);
        if (sample == null) {
          unreadable++;
        } else {
          samples.add(sample);
        }
      }
    }
    return new Exposition(samples, help, unreadable);
  }

  private static void comment(String line, TypeTable types, Map<String, String> help) {
    String[] words = line.substring(1).strip().split("\\s+", 3);
    if (words.length < 3) {
      return;
    }
    String name = words[1].replace(':', '_');
    if (words[0].equals("TYPE")) {
      types.declare(name, MetricType.of(words[2]));
    } else if (words[0].equals("HELP")) {
      help.putIfAbsent(name, words[2].replace("\\n", "\n").replace("\\\\", "\\"));
    }
  }
}
