package io.rezolus.core.api.snapshot;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every sampler this agent knows of, running or not, and the agent's own vital signs. */
public interface SamplerInventory {

  /** One entry per sampler, sorted by name. */
  List<SamplerStatus> samplers();

  /**
   * Metric name to help text, for every sampler that could be asked; the first declaration wins.
   */
  Map<String, String> descriptions();

  /** Version in the form consumers of the wire format expect. */
  String version();

  /** Time since the agent became ready. */
  Duration uptime();

  /** Age up to which scrapes share one reading. */
  Duration ttl();

  /** Time since the samplers were last read; null where nobody has asked yet. */
  default Duration sinceReading() {
    return null;
  }

  /** Why the configuration in force is not what its file says, one line; null where it is. */
  default String problem() {
    return null;
  }
}
