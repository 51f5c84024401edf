package io.rezolus.core.bpfhost.internal;

/** Where the objects of a bundle that is being updated wait for its next version. */
interface Custody {

  /** Nobody inherits: closing closes. */
  Custody NONE =
      new Custody() {
        @Override
        public boolean keep(String name, RunningObject running) {
          return false;
        }

        @Override
        public RunningObject take(String name) {
          return null;
        }
      };

  /**
   * Offers an object that its owner has let go.
   *
   * @return whether it is kept running; otherwise the caller closes it
   */
  boolean keep(String name, RunningObject running);

  /** Hands over what waits under {@code name}; null for nothing. */
  RunningObject take(String name);
}
