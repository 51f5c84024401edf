package io.rezolus.core.api.sampler;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.SamplerHealth;
import java.util.List;

/**
 * A source of metrics. Register one as a service (see {@link ProvidesSampler}) and its metrics are
 * in the next scrape; unregister it and they are gone.
 *
 * <p>Assumptions the agent makes:
 *
 * <ol>
 *   <li>{@link #refresh} is called by one thread at a time, only when somebody asks for values.
 *   <li>A refresh takes well under a millisecond. Slow sources (device commands) are read elsewhere
 *       and hand over their last value with its own window.
 *   <li>Values are absolute and cumulative, never deltas.
 * </ol>
 *
 * <p>In return: no call is made after the service is unregistered, a refresh that throws costs only
 * this sampler's values of that reading, and one that hangs is left out and reported.
 */
public interface Sampler {

  /** Configuration name: the label {@code sampler} and the first part of each group name. */
  String name();

  /** Everything this sampler may expose, whether or not it has a value. */
  List<Metric> metrics();

  /**
   * Reads the source into the groups.
   *
   * @throws Exception when nothing could be read; the message is shown to the operator, and the
   *     groups are left out of this reading
   */
  void refresh() throws Exception;

  /**
   * The groups as of the last refresh. Groups without members are not exposed; the list and the
   * schemas in it may change from one refresh to the next.
   */
  List<GroupData> groups();

  /** How well it collects; cheap enough to be asked at every status request. */
  default SamplerHealth health() {
    return null;
  }
}
