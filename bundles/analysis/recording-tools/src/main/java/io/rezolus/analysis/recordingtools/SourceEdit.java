package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import io.rezolus.libs.recording.metadata.SourceNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The source that a recording is to say it is of.
 *
 * @param overwrite whether it may say another one now
 */
record SourceEdit(String name, boolean overwrite) {
  private static final String KEY = "source";

  /**
   * Edits a file's key-values.
   *
   * @param file what errors are about
   * @return the name it had before, which its columns carry as well; null when nothing is renamed
   */
  String apply(Path file, Map<String, String> keys) throws CommandException {
    List<String> before = SourceNames.parse(keys.get(KEY));
    if (before.isEmpty() || before.equals(List.of(name))) {
      keys.put(KEY, name);
      return null;
    }
    if (before.size() > 1) {
      throw Failure.of(
          file
              + ": --source: the recording is of several sources ("
              + String.join(", ", before)
              + "), which one name cannot stand for");
    }
    if (!overwrite) {
      throw Failure.of(
          file
              + ": --source: the recording says it is of "
              + before.get(0)
              + "; --overwrite makes it "
              + name);
    }
    keys.put(KEY, name);
    String perSource = keys.get(PerSourceMetadata.KEY);
    if (perSource != null) {
      try {
        PerSourceMetadata metadata = PerSourceMetadata.parse(perSource);
        if (metadata.sources().containsKey(name)) {
          throw Failure.of(
              file
                  + ": --source: the recording already knows another source called "
                  + name
                  + "; choose another name");
        }
        keys.put(PerSourceMetadata.KEY, metadata.renamed(before.get(0), name).toJson());
      } catch (JsonParseException e) {
        throw Failure.of(
            file + ": --source: what it knows of its sources is damaged: " + e.getMessage());
      }
    }
    return before.get(0);
  }
}
