package io.rezolus.libs.query;

/** Half-open range of offsets into the query text. */
record Span(int start, int end) {
  /** Line and column of the start, both from 1. */
  String position(String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < start && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return line + ":" + column;
  }
}
