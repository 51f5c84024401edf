package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.metadata.Kpi;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.rez.RezArchiveEditor;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.tar.TarRecordings;
import io.rezolus.libs.recording.tar.TarUpgrade;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts indicators into the recordings of an archive: into its catalog alone, so that the size of
 * the archive does not matter. One of an earlier version becomes one of version 3 on the way.
 */
final class ArchiveAnnotation {
  private final Path file;
  private final PrintWriter messages;
  private final KpiValidation validation;

  ArchiveAnnotation(Path file, PrintWriter messages) {
    this.file = file;
    this.messages = messages;
    validation = new KpiValidation(messages);
  }

  void sqlite(ServiceExtension service) throws CommandException, IOException {
    Map<Long, Map<String, String>> changes = new TreeMap<>();
    try (RezFile archive = RezFile.open(file)) {
      List<Map<String, String>> each = validate(archive, service);
      for (int i = 0; i < each.size(); i++) {
        changes.put(archive.catalog().recordings().get(i).id(), each.get(i));
      }
    }
    RezArchiveEditor.setMetadata(file, changes);
  }

  void tar(ServiceExtension service) throws CommandException, IOException {
    List<Map<String, String>> changes;
    try (TarRecordings archive = TarRecordings.open(file)) {
      changes = validate(archive, service);
    }
    TarUpgrade.rewrite(file, file.toRealPath(), table -> true, changes);
  }

  /** Key-values to add to each recording, in their order. */
  private List<Map<String, String>> validate(RecordingFile archive, ServiceExtension service)
      throws CommandException, IOException {
    List<Map<String, String>> changes = new ArrayList<>();
    boolean any = false;
    RecordingInput.warn(archive, messages);
    for (Recording recording : archive.recordings()) {
      ServiceExtension validated = validation.validate(recording, service);
      any |= validated.kpis().stream().anyMatch(Kpi::available);
      changes.add(Map.of(ServiceExtension.KEY, validated.toJson()));
    }
    if (!any) {
      throw KpiValidation.nothing(file, service);
    }
    return changes;
  }
}
