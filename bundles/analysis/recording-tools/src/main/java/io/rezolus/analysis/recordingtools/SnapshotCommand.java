package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording snapshot}: a copy of an archive that is being written. */
@Command(name = "snapshot", description = "Copies an archive that is being written.")
final class SnapshotCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("snapshot");
  }
}
