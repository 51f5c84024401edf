package io.rezolus.outputs.recorder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads options that are given as {@code KEY=VALUE}. */
final class KeyValues {
  private KeyValues() {}

  /**
   * @param option what the user calls it
   * @return in the order given; of a key that is given twice the last value counts
   * @throws IllegalArgumentException naming the text that is none
   */
  static Map<String, String> parse(String option, List<String> texts) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(option + " " + text + ": expected KEY=VALUE");
      }
      values.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return values;
  }
}
