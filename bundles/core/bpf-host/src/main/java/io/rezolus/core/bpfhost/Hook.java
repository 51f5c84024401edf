package io.rezolus.core.bpfhost;

import java.util.List;

/**
 * A kernel hook and the ways to hang on it (see {@code bpf/include/hook.h}).
 *
 * <p>Variant {@code v} of hook {@code h} consists of the programs {@code h__v} (entry, attached)
 * and {@code h__v__run} (work). The first variant that loads and attaches wins.
 *
 * @param name hook name, for example {@code sched_switch}
 * @param variants in order of preference, for example {@code tp_btf, raw_tp}
 * @param label words for a person, or null
 */
public record Hook(String name, List<String> variants, String label) {

  public Hook {
    variants = List.copyOf(variants);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException(name + ": a hook needs at least one variant");
    }
  }

  public static Hook of(String name, String... variants) {
    return new Hook(name, List.of(variants), null);
  }

  /** A tracepoint that is reachable as {@code tp_btf} or, without kernel BTF, as {@code raw_tp}. */
  public static Hook tracepoint(String name) {
    return of(name, "tp_btf", "raw_tp");
  }

  public Hook labelled(String text) {
    return new Hook(name, variants, text);
  }
}
