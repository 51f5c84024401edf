package io.rezolus.analysis.query;

import io.rezolus.libs.query.QueryResult;
import java.io.IOException;
import java.io.OutputStream;

/** Prints an answer. */
interface ResultWriter {
  /** Writes it whole; the stream stays open. */
  void write(QueryResult result, OutputStream out) throws IOException;
}
