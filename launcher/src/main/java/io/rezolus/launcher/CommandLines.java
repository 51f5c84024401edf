package io.rezolus.launcher;

import java.io.IOException;

/** Where commands come from. */
interface CommandLines extends AutoCloseable {

  /** The next line, or null at the end. */
  String next() throws IOException;

  @Override
  void close() throws IOException;
}
