package io.rezolus.libs.recording.tar;

import java.nio.charset.StandardCharsets;

/** Extended headers of a tar: lines {@code <length> <key>=<value>}. */
final class PaxRecords {
  private PaxRecords() {}

  /** The name an extended header gives to the next file, or {@code otherwise}. */
  static String path(byte[] records, String otherwise) {
    String path = otherwise;
    int at = 0;
    while (at < records.length) {
      int space = at;
      while (space < records.length && records[space] != ' ') {
        space++;
      }
      int length;
      try {
        length = Integer.parseInt(new String(records, at, space - at, StandardCharsets.US_ASCII));
      } catch (NumberFormatException e) {
        return path;
      }
      if (length <= space - at + 1 || length > records.length - at) {
        return path;
      }
      String record =
          new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      if (record.startsWith("path=")) {
        path = record.substring("path=".length());
      }
      at += length;
    }
    return path;
  }
}
