package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording convert}: raw snapshots to parquet. */
@Command(name = "convert", description = "Converts raw snapshots to parquet.")
final class ConvertCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("convert");
  }
}
