package io.rezolus.analysis.recordingtools;

import java.io.PrintWriter;

/** Says on standard error how far long work is, every few seconds. */
final class ProgressLine {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final PrintWriter messages;
  private final String what;
  private long last = System.nanoTime();

  ProgressLine(PrintWriter messages, String what) {
    this.messages = messages;
    this.what = what;
  }

  void done(long done, long total) {
    long now = System.nanoTime();
    if (now - last >= EVERY_NANOS && done < total) {
      last = now;
      messages.println(what + ": " + done * 100 / total + " %");
    }
  }
}
