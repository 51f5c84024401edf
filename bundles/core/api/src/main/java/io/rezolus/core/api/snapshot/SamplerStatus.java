package io.rezolus.core.api.snapshot;

import java.util.List;
import java.util.Objects;

/**
 * One sampler as an operator sees it, whether it runs or not.
 *
 * @param name configuration name, for example {@code cpu_usage}
 * @param state what it does
 * @param reason why it is in that state, one line; null for a healthy running sampler unless
 *     another bundle has it too
 * @param health null where the sampler has no programs to judge
 * @param bundle symbolic name and version of the bundle it comes from
 * @param refreshNanos how long its last refresh took; 0 before the first
 */
public record SamplerStatus(
    String name,
    State state,
    String reason,
    SamplerHealth health,
    String bundle,
    long refreshNanos) {

  public SamplerStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
  }

  /** Programs of the sampler, empty where there are none. */
  public List<ProgramStatus> programs() {
    return health == null ? List.of() : health.programs();
  }

  /** The constants' names in lower case are the wire form. */
  public enum State {
    ACTIVE,
    DISABLED,
    FAILED
  }
}
