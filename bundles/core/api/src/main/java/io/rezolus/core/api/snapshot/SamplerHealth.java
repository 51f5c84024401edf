package io.rezolus.core.api.snapshot;

import java.util.List;

/**
 * How well a running sampler collects.
 *
 * @param level conclusion over all programs
 * @param programs each program; empty for samplers without any
 */
public record SamplerHealth(Level level, List<ProgramStatus> programs) {

  /** A sampler that reads files or calls and has no programs to report. */
  public static final SamplerHealth HEALTHY = new SamplerHealth(Level.HEALTHY, List.of());

  public SamplerHealth {
    programs = List.copyOf(programs);
  }

  /** Any broken program degrades; otherwise any unsupported one shows; otherwise healthy. */
  public static SamplerHealth of(List<ProgramStatus> programs) {
    Level level = Level.HEALTHY;
    for (ProgramStatus program : programs) {
      if (program.verdict() == ProgramStatus.Verdict.BROKEN) {
        level = Level.DEGRADED;
      } else if (program.verdict() == ProgramStatus.Verdict.UNSUPPORTED && level == Level.HEALTHY) {
        level = Level.UNSUPPORTED;
      }
    }
    return new SamplerHealth(level, programs);
  }

  /** The constants' names in lower case are the wire form. */
  public enum Level {
    HEALTHY,
    UNSUPPORTED,
    DEGRADED,
    FAILED
  }
}
