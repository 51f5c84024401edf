package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording filter}: drops what is not needed. */
@Command(name = "filter", description = "Drops what is not needed.")
final class FilterCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("filter");
  }
}
