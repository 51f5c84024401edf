package io.rezolus.core.bpfhost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to load and how.
 *
 * @param name name of the object, for example {@code scheduler}; its code is the bundle resource
 *     {@code bpf/<arch>/<name>.bpf.o}
 * @param constants values of {@code const volatile} variables, by name, set before loading
 * @param mapEntries number of entries of maps that are sized to the host, by map name
 * @param hooks what to attach; hooks of the object that are not listed are not loaded
 * @param iterators iterator programs ({@code SEC("iter/...")}) to load
 */
public record BpfObjectSpec(
    String name,
    Map<String, Long> constants,
    Map<String, Integer> mapEntries,
    List<Hook> hooks,
    List<String> iterators) {

  public BpfObjectSpec {
    Objects.requireNonNull(name, "name");
    constants = Map.copyOf(constants);
    mapEntries = Map.copyOf(mapEntries);
    hooks = List.copyOf(hooks);
    iterators = List.copyOf(iterators);
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Collects a specification; the order of hooks is the order of attaching. */
  public static final class Builder {
    private final String name;
    private final Map<String, Long> constants = new LinkedHashMap<>();
    private final Map<String, Integer> mapEntries = new LinkedHashMap<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final List<String> iterators = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder constant(String variable, long value) {
      constants.put(variable, value);
      return this;
    }

    public Builder constant(String variable, boolean value) {
      return constant(variable, value ? 1 : 0);
    }

    public Builder mapEntries(String map, int entries) {
      mapEntries.put(map, entries);
      return this;
    }

    public Builder hook(Hook hook) {
      hooks.add(hook);
      return this;
    }

    public Builder iterator(String program) {
      iterators.add(program);
      return this;
    }

    public BpfObjectSpec build() {
      return new BpfObjectSpec(name, constants, mapEntries, hooks, iterators);
    }
  }
}
