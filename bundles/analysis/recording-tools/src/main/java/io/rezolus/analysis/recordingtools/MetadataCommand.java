package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording metadata}: what a recording says about itself. */
@Command(name = "metadata", description = "Shows what a recording says about itself.")
final class MetadataCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("metadata");
  }
}
