package io.rezolus.analysis.queryhttp;

/** What takes memory until it is sent, which is as long as its client takes. */
final class Held<T> implements AutoCloseable {
  private final T value;
  private final Runnable release;

  /**
   * @param release gives back what the value takes
   */
  Held(T value, Runnable release) {
    this.value = value;
    this.release = release;
  }

  T value() {
    return value;
  }

  @Override
  public void close() {
    release.run();
  }
}
