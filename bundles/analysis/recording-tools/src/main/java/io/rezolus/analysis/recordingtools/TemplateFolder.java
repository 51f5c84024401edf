package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.ServiceTemplates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the templates of services are: as told, by {@code REZOLUS_TEMPLATES}, or as shipped. */
final class TemplateFolder {
  private static final String VARIABLE = "REZOLUS_TEMPLATES";
  private static final String HOME = "rezolus.home";

  private TemplateFolder() {}

  /**
   * @param option the folder asked for; null when none was
   */
  static ServiceTemplates load(Path option, PrintWriter messages) throws CommandException {
    Path folder = option;
    String variable = System.getenv(VARIABLE);
    if (folder == null && variable != null && !variable.isEmpty()) {
      folder = Path.of(variable);
    }
    if (folder == null) {
      folder = shipped();
      if (folder == null) {
        return ServiceTemplates.NONE;
      }
    }
    try {
      ServiceTemplates templates = ServiceTemplates.load(folder);
      templates.warnings().forEach(warning -> messages.println("warning: " + warning));
      return templates;
    } catch (IOException e) {
      throw Failure.of(folder, e);
    }
  }

  private static Path shipped() {
    String home = System.getProperty(HOME);
    Path folder = home == null ? null : Path.of(home, "config", "templates");
    return folder != null && Files.isDirectory(folder) ? folder : null;
  }
}
