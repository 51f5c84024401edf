package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.bpfhost.Hook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hooks whose variant is dictated: {@code REZOLUS_BPF_VARIANT=hook=variant,...} as system property
 * or environment variable, for example {@code sched_switch=raw_tp,*=raw_tp}; {@code *} stands for
 * every hook that offers that variant. For testing a branch that this kernel would not choose.
 */
record ForcedVariants(Map<String, String> byHook) {
  static final String NAME = "REZOLUS_BPF_VARIANT";

  static ForcedVariants fromEnvironment() {
    String property = System.getProperty(NAME);
    return parse(property != null ? property : System.getenv().getOrDefault(NAME, ""));
  }

  static ForcedVariants parse(String text) {
    Map<String, String> byHook = new TreeMap<>();
    for (String item : text.split(",")) {
      if (item.isBlank()) {
        continue;
      }
      String[] parts = item.strip().split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalArgumentException(
            NAME + ": '" + item + "' is not hook=variant; example: sched_switch=raw_tp");
      }
      byHook.put(parts[0], parts[1]);
    }
    return new ForcedVariants(byHook);
  }

  /** The variants to try for {@code hook}, in order. */
  List<String> variants(Hook hook) {
    String own = byHook.get(hook.name());
    if (own != null) {
      return List.of(own);
    }
    String any = byHook.get("*");
    return any != null && hook.variants().contains(any) ? List.of(any) : hook.variants();
  }
}
