package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording combine}: several recordings as one. */
@Command(name = "combine", description = "Joins recordings into one.")
final class CombineCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("combine");
  }
}
