package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezArchiveEditor;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.TableCatalog;
import io.rezolus.libs.recording.tar.TarRecordings;
import io.rezolus.libs.recording.tar.TarUpgrade;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Leaves only the tables of some samplers in an archive. */
final class ArchiveFilter {
  private static final int NAMES_MAX = 50;
  private static final int NAME_MAX = 100;

  private ArchiveFilter() {}

  static void sqlite(Path file, Path output, Set<String> samplers)
      throws CommandException, IOException {
    requireKnown(file, RezCatalog.read(file), samplers);
    RezArchiveEditor.filter(file, output, samplers);
  }

  /** The result is an archive of version 3. */
  static void tar(Path file, Path output, Set<String> samplers, PrintWriter messages)
      throws CommandException, IOException {
    TarRecordings archive = TarRecordings.open(file);
    RecordingInput.warn(archive, messages);
    RezCatalog catalog = archive.catalog();
    requireKnown(file, catalog, samplers);
    Set<String> tables = new TreeSet<>();
    long rows = 0;
    for (RecordingCatalog recording : catalog.recordings()) {
      for (TableCatalog table : recording.tables()) {
        if (samplers.contains(table.sampler())) {
          tables.add(table.name());
          rows += table.rows();
        }
      }
    }
    if (rows == 0) {
      throw Failure.of(file + ": nothing would be left: those samplers have no row");
    }
    TarUpgrade.rewrite(file, output, tables::contains, List.of());
  }

  /** A mistyped name must not cost the data it was meant to keep. */
  private static void requireKnown(Path file, RezCatalog catalog, Set<String> samplers)
      throws CommandException {
    Set<String> known = catalog.samplers();
    Set<String> unknown = new TreeSet<>(samplers);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw Failure.of(
          file
              + ": has no sampler "
              + String.join(", ", unknown)
              + "; it has "
              + list(known)
              + "; nothing was changed");
    }
  }

  /** Names for a line, of which an archive may have any number of any length. */
  private static String list(Set<String> names) {
    String told =
        names.stream()
            .limit(NAMES_MAX)
            .map(name -> name.length() > NAME_MAX ? name.substring(0, NAME_MAX) + "..." : name)
            .collect(Collectors.joining(", "));
    int more = names.size() - NAMES_MAX;
    return more > 0 ? told + " and " + more + " more" : told;
  }
}
