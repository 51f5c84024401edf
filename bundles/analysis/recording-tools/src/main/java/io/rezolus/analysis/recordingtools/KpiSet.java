package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.metadata.ServiceTemplates;
import io.rezolus.libs.recording.metadata.SourceNames;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the indicators that fit a recording. */
final class KpiSet {
  private static final String SOURCE = "source";

  private KpiSet() {}

  /** Indicators in a file of the user's. */
  static ServiceExtension read(Path file) throws CommandException {
    TextInput input = TextInput.read(file.toString(), InputStream.nullInputStream());
    JsonElement json = input.json();
    try {
      return ServiceExtension.parse(json);
    } catch (JsonParseException e) {
      throw Failure.of(file + ": " + e.getMessage());
    }
  }

  /** The template for a recording's source. */
  static ServiceExtension template(Path file, Map<String, String> keys, ServiceTemplates templates)
      throws CommandException {
    List<String> sources = SourceNames.parse(keys.get(SOURCE));
    if (sources.isEmpty()) {
      throw Failure.of(
          file + ": the recording names no source; set one with --source, or use --queries");
    }
    List<ServiceExtension> fitting = templates(sources, templates);
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String names = String.join(", ", sources);
    throw Failure.of(
        file
            + (fitting.isEmpty()
                ? ": no template fits the source " + names + "; use --queries or --templates"
                : ": templates fit several of the sources "
                    + names
                    + "; choose one with --queries"));
  }

  /**
   * Those that the recording itself has; else those of its sources, kept with them or as templates.
   */
  static List<ServiceExtension> ofRecording(
      Path file, Map<String, String> keys, ServiceTemplates templates) throws CommandException {
    try {
      String own = keys.get(ServiceExtension.KEY);
      if (own != null) {
        return List.of(ServiceExtension.parse(own));
      }
      List<ServiceExtension> all =
          new ArrayList<>(
              PerSourceMetadata.parse(keys.get(PerSourceMetadata.KEY)).serviceExtensions());
      all.addAll(templates(SourceNames.parse(keys.get(SOURCE)), templates));
      if (all.isEmpty()) {
        throw Failure.of(
            file + ": has no indicators and no template fits its source; use --queries");
      }
      return all;
    } catch (JsonParseException e) {
      throw Failure.of(
          file + ": its indicators are damaged: " + e.getMessage() + "; use --queries");
    }
  }

  private static List<ServiceExtension> templates(
      List<String> sources, ServiceTemplates templates) {
    List<ServiceExtension> fitting = new ArrayList<>();
    for (String source : sources) {
      ServiceExtension template = templates.forSource(source);
      if (template != null && !fitting.contains(template)) {
        fitting.add(template);
      }
    }
    return fitting;
  }
}
