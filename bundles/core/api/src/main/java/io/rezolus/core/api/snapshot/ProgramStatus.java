package io.rezolus.core.api.snapshot;

import java.util.Objects;

/**
 * What became of one attachable part of a sampler, usually a BPF program.
 *
 * @param name program name
 * @param attached whether it is collecting
 * @param error why not, one line; null when attached
 * @param intent what it is for: {@link Required} or {@link Driver}
 * @param label words for a person where the name says too little; may be null
 * @param expected whether its absence matters on this host
 * @param verdict the conclusion
 * @param hook the hook variant that was chosen, for example {@code tp_btf/sched_switch}; may be
 *     null
 */
public record ProgramStatus(
    String name,
    boolean attached,
    String error,
    Intent intent,
    String label,
    boolean expected,
    Verdict verdict,
    String hook) {

  public ProgramStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(verdict, "verdict");
  }

  /** A required program that collects through {@code hook}. */
  public static ProgramStatus attached(String name, String hook) {
    return new ProgramStatus(name, true, null, new Required(), null, true, Verdict.OK, hook);
  }

  /** A required program this kernel or privilege cannot run. */
  public static ProgramStatus unsupported(String name, String error) {
    return new ProgramStatus(
        name, false, error, new Required(), null, true, Verdict.UNSUPPORTED, null);
  }

  /** A required program that should have run and did not. */
  public static ProgramStatus broken(String name, String error) {
    return new ProgramStatus(name, false, error, new Required(), null, true, Verdict.BROKEN, null);
  }

  /** Why a program exists. */
  public sealed interface Intent {}

  /** Wanted on every host. */
  public record Required() implements Intent {}

  /** Wanted only where a device is bound to {@code driver}. */
  public record Driver(String driver) implements Intent {}

  /** Conclusion about one program; the constants' names in lower case are the wire form. */
  public enum Verdict {
    OK,
    UNSUPPORTED,
    BROKEN,
    NOT_APPLICABLE
  }
}
