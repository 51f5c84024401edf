package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording export}: a recording for other programs. */
@Command(name = "export", description = "Writes a recording for other programs.")
final class ExportCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("export");
  }
}
