package io.rezolus.analysis.recordingtools;

import java.util.Locale;

/** Values as people read them in a line of a terminal. */
final class DisplayText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  private DisplayText() {}

  /**
   * The text in one line, without what a terminal would take for a command, cut after so many
   * characters.
   */
  static String shortened(String text, int characters) {
    boolean cut = text.codePointCount(0, text.length()) > characters;
    String kept = cut ? text.substring(0, text.offsetByCodePoints(0, characters)) : text;
    StringBuilder line = new StringBuilder(kept.length() + 3);
    kept.codePoints()
        .forEach(each -> line.appendCodePoint(Character.isISOControl(each) ? ' ' : each));
    return cut ? line.append("...").toString() : line.toString();
  }

  /** A size in the largest unit that leaves at least one. */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
