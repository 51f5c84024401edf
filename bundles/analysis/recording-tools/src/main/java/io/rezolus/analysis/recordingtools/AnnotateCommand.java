package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording annotate}: adds to what a recording says about itself. */
@Command(name = "annotate", description = "Adds to what a recording says about itself.")
final class AnnotateCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("annotate");
  }
}
