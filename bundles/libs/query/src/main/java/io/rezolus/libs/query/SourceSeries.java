package io.rezolus.libs.query;

import java.util.function.Supplier;

/** A labelled series of a source; its samples may be decoded only when they are asked for. */
public final class SourceSeries {
  private final Labels labels;
  private final Supplier<Samples> samples;

  /**
   * A series at hand.
   *
   * @param labels including the metric name
   */
  public SourceSeries(Labels labels, Samples samples) {
    this(labels, () -> samples);
  }

  /**
   * A series that is read on demand.
   *
   * @param labels including the metric name
   * @param samples reads the samples; called from the thread that runs the query
   */
  public SourceSeries(Labels labels, Supplier<Samples> samples) {
    this.labels = labels;
    this.samples = samples;
  }

  /** Labels, including the metric name. */
  public Labels labels() {
    return labels;
  }

  /** The samples; whoever needs them more than once holds on to them. */
  public Samples samples() {
    return samples.get();
  }
}
