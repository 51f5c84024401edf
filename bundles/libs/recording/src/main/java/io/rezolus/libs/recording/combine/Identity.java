package io.rezolus.libs.recording.combine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an input is of: a machine, or an instance of a service.
 *
 * @param source name of its source
 * @param label {@code node} or {@code instance}; null for a combination, whose columns say it
 * @param value which one
 */
record Identity(String source, String label, String value) {
  static final String NODE = "node";
  static final String INSTANCE = "instance";

  /** What the names of its columns begin with. */
  String prefix() {
    return (label.equals(NODE) ? value : source + "/" + value) + "::";
  }

  boolean node() {
    return NODE.equals(label);
  }

  /** One for each input, all different. */
  static List<Identity> of(List<CombineInput> inputs) throws CombineException {
    Map<String, List<CombineInput>> services = new LinkedHashMap<>();
    for (CombineInput input : inputs) {
      if (!input.combined() && !input.agent()) {
        services.computeIfAbsent(input.sources().get(0), name -> new ArrayList<>()).add(input);
      }
    }
    for (Map.Entry<String, List<CombineInput>> service : services.entrySet()) {
      requireAllOrNone(service.getKey(), service.getValue());
    }
    Map<String, Integer> next = new HashMap<>();
    List<Identity> identities = new ArrayList<>();
    for (CombineInput input : inputs) {
      String source = input.sources().get(0);
      if (input.combined()) {
        identities.add(new Identity(source, null, null));
      } else if (input.agent()) {
        identities.add(
            new Identity(source, NODE, input.metadata().getOrDefault(NODE, input.stem())));
      } else {
        String given = input.metadata().get(INSTANCE);
        String value =
            given != null ? given : Integer.toString(next.merge(source, 1, Integer::sum) - 1);
        identities.add(new Identity(source, INSTANCE, value));
      }
    }
    requireDifferent(inputs, identities);
    return identities;
  }

  private static void requireAllOrNone(String source, List<CombineInput> inputs)
      throws CombineException {
    long named = inputs.stream().filter(input -> input.metadata().get(INSTANCE) != null).count();
    if (named != 0 && named != inputs.size()) {
      throw new CombineException(
          source
              + ": "
              + named
              + " of "
              + inputs.size()
              + " recordings say which instance they are of; expected all or none");
    }
  }

  private static void requireDifferent(List<CombineInput> inputs, List<Identity> identities)
      throws CombineException {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < inputs.size(); i++) {
      Identity identity = identities.get(i);
      for (Identity each :
          identity.label() == null
              ? ColumnsOfCombination.identities(inputs.get(i))
              : List.of(identity)) {
        if (!seen.add(each.prefix())) {
          throw new CombineException(
              inputs.get(i).name()
                  + ": a second recording of "
                  + (each.node() ? "node " : each.source() + " instance ")
                  + each.value()
                  + (each.node() ? "; tell them apart with recording annotate --node" : ""));
        }
      }
    }
  }
}
