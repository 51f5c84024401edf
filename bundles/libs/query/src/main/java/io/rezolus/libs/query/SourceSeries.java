package io.rezolus.libs.query;

import java.util.function.Supplier;

/** A labelled series of a source; its samples may be decoded only when they are asked for. */
public final class SourceSeries {
  private final Labels labels;
  private final Supplier<Samples> samples;
  private final boolean decoded;
  private final Supplier<RowWindows> windows;

  /**
   * A series at hand.
   *
   * @param labels including the metric name
   */
  public SourceSeries(Labels labels, Samples samples) {
    this(labels, () -> samples);
  }

  /**
   * A series whose samples take time to read, so that several are read at a time.
   *
   * @param labels including the metric name
   * @param samples reads the samples; called from any thread
   */
  public static SourceSeries decoded(Labels labels, Supplier<Samples> samples) {
    return new SourceSeries(labels, samples, true, () -> null);
  }

  /**
   * A series that is read on demand.
   *
   * @param labels including the metric name
   * @param samples reads the samples; called from the thread that runs the query
   */
  public SourceSeries(Labels labels, Supplier<Samples> samples) {
    this(labels, samples, false, () -> null);
  }

  private SourceSeries(
      Labels labels, Supplier<Samples> samples, boolean decoded, Supplier<RowWindows> windows) {
    this.labels = labels;
    this.samples = samples;
    this.decoded = decoded;
    this.windows = windows;
  }

  /**
   * The same series with what is known of the times its rows were read at.
   *
   * @param supplier gives null where nothing is known; asked only when a query wants bands
   */
  public SourceSeries withWindows(Supplier<RowWindows> supplier) {
    return new SourceSeries(labels, samples, decoded, supplier);
  }

  /** The same series under other labels. */
  public SourceSeries as(Labels other) {
    return new SourceSeries(other, samples, decoded, windows);
  }

  /** When the rows were read, or null. */
  public RowWindows windows() {
    return windows.get();
  }

  boolean isDecoded() {
    return decoded;
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
