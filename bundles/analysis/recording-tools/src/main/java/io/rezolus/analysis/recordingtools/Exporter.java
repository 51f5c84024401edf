package io.rezolus.analysis.recordingtools;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what is exported in one format. */
interface Exporter {
  /**
   * @param out not closed
   */
  void write(ExportView view, OutputStream out, ProgressLine progress) throws IOException;
}
