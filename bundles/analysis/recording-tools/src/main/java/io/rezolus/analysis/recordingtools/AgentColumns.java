package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import io.rezolus.libs.recording.metadata.SourceNames;
import io.rezolus.libs.recording.parquet.ArrowField;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the columns of agents from those of services. */
final class AgentColumns {
  private static final String SOURCE = "source";
  private static final String AGENT = "rezolus";

  private final Set<String> agents = new HashSet<>(Set.of(AGENT));
  private final boolean onlyAgents;

  /**
   * @param keys key-values of the file
   */
  AgentColumns(Map<String, String> keys) throws CommandException {
    try {
      PerSourceMetadata.parse(keys.get(PerSourceMetadata.KEY))
          .sources()
          .forEach(
              (name, source) -> {
                // only agents have samplers; they may have been recorded under another name
                JsonElement status = source.fact(null, "sampler_status");
                if (status != null && status.isJsonArray()) {
                  agents.add(name);
                }
              });
    } catch (JsonParseException e) {
      throw Failure.of("what the file knows of its sources is damaged: " + e.getMessage());
    }
    List<String> sources = SourceNames.parse(keys.get(SOURCE));
    onlyAgents = !sources.isEmpty() && agents.containsAll(sources);
  }

  /** Whether a column is an agent's: it says so, or it says nothing and all of the file is. */
  boolean contains(ArrowField field) {
    String source = field.metadata().get(SOURCE);
    if (source != null) {
      return agents.contains(source);
    }
    return onlyAgents || field.metadata().containsKey("sampler");
  }
}
