package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.rez.RezArchiveEditor;
import io.rezolus.libs.recording.tar.TarRecordings;
import io.rezolus.libs.recording.tar.TarUpgrade;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Joins archives of any version. */
final class ArchiveJoin {
  private ArchiveJoin() {}

  /**
   * @param output must not exist
   * @return rows of all tables
   */
  static long join(List<Path> inputs, Path output, PrintWriter messages)
      throws IOException, CommandException {
    if (Files.exists(output)) {
      throw Failure.of(
          output + ": exists already; an archive never replaces a file, choose another output");
    }
    // beside the output, where there is room for as much
    Path folder =
        Files.createTempDirectory(output.toAbsolutePath().getParent(), ".rezolus-combine-");
    List<Path> upgraded = new ArrayList<>();
    try {
      List<Path> archives = new ArrayList<>();
      for (Path input : inputs) {
        if (RecordingInput.format(input) == RecordingFormat.REZ_TAR) {
          Path archive = folder.resolve(upgraded.size() + ".rez");
          upgraded.add(archive);
          RecordingInput.warn(TarRecordings.open(input), messages);
          TarUpgrade.upgrade(input, archive);
          archives.add(archive);
        } else {
          archives.add(input);
        }
      }
      return RezArchiveEditor.combine(archives, output).rows();
    } finally {
      for (Path archive : upgraded) {
        Files.deleteIfExists(archive);
      }
      Files.deleteIfExists(folder);
    }
  }
}
