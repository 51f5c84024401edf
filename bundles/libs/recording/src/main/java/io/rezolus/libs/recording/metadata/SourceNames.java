package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The file key {@code source}: one name as it is, several as a JSON array. */
public final class SourceNames {
  private SourceNames() {}

  /**
   * The names in a value, in its order.
   *
   * @param value may be null
   */
  public static List<String> parse(String value) {
    if (value == null || value.isEmpty()) {
      return List.of();
    }
    if (value.stripLeading().startsWith("[")) {
      try {
        List<String> names = new ArrayList<>();
        for (JsonElement name : StrictJson.parse(value).getAsJsonArray()) {
          names.add(name.getAsString());
        }
        return List.copyOf(names);
      } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
        // a name that begins with a bracket
      }
    }
    return List.of(value);
  }

  /** The value for these names: plain for one, an array without repetitions for several. */
  public static String format(Collection<String> names) {
    List<String> distinct = names.stream().distinct().sorted().toList();
    if (distinct.size() == 1) {
      return distinct.get(0);
    }
    JsonArray array = new JsonArray();
    distinct.forEach(array::add);
    return StrictJson.compact(array);
  }
}
