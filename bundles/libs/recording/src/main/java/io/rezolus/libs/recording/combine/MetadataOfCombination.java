package io.rezolus.libs.recording.combine;

import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.Events;
import io.rezolus.libs.recording.metadata.PerSourceMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The key-values of a combination. */
final class MetadataOfCombination {
  // said anew of the combination, or kept by source
  private static final Set<String> MERGED =
      Set.of(
          "source",
          "version",
          "sampling_interval_ms",
          "systeminfo",
          "descriptions",
          PerSourceMetadata.KEY,
          "node",
          "instance",
          "pinned_node",
          "service_queries",
          Events.KEY,
          "selection");

  private MetadataOfCombination() {}

  static SortedMap<String, String> merge(
      List<CombineInput> inputs,
      List<Identity> identities,
      int primary,
      long intervalMillis,
      List<String> warnings)
      throws CombineException {
    SortedMap<String, String> merged = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    MergedSources sources = new MergedSources();
    Events events = new Events(List.of());
    String systemInfo = null;
    for (int i = 0; i < inputs.size(); i++) {
      CombineInput input = inputs.get(i);
      names.addAll(input.sources());
      try {
        sources.add(input, identities.get(i));
      } catch (JsonParseException e) {
        warnings.add(input.name() + ": what it says of its sources cannot be read and is left out");
      }
      try {
        List<Event> more = Events.parse(input.metadata().get(Events.KEY)).events();
        events = events.plus(more).events();
      } catch (JsonParseException e) {
        warnings.add(input.name() + ": its events cannot be read and are left out");
      }
      String own = input.metadata().get("systeminfo");
      if (own != null && (systemInfo == null || i == primary)) {
        systemInfo = own;
      }
    }
    JsonArray list = new JsonArray();
    names.forEach(list::add);
    merged.put("source", list.toString());
    merged.put("sampling_interval_ms", Long.toString(intervalMillis));
    merged.put(PerSourceMetadata.KEY, sources.toJson());
    if (systemInfo != null) {
      merged.put("systeminfo", systemInfo);
    }
    if (!events.events().isEmpty()) {
      merged.put(Events.KEY, events.toJson());
    }
    String selection = inputs.get(primary).metadata().get("selection");
    if (selection != null) {
      merged.put("selection", selection);
    }
    addCommon(inputs, merged);
    return merged;
  }

  /** What every input says alike is true of the combination, too. */
  private static void addCommon(List<CombineInput> inputs, Map<String, String> merged) {
    inputs
        .get(0)
        .metadata()
        .forEach(
            (key, value) -> {
              if (!MERGED.contains(key)
                  && value != null
                  && inputs.stream().allMatch(each -> value.equals(each.metadata().get(key)))) {
                merged.put(key, value);
              }
            });
  }
}
