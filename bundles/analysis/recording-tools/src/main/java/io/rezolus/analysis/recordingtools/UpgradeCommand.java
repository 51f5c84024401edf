package io.rezolus.analysis.recordingtools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rezolus recording upgrade}: an old archive in the current format. */
@Command(name = "upgrade", description = "Rewrites an old archive in the current format.")
final class UpgradeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UnsupportedOperationException("upgrade");
  }
}
