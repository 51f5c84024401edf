package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;

/**
 * Kernels on which the programs are proven: the oldest is 5.10. On an older one they are not loaded
 * unless the operator asks for it.
 */
final class ProvenKernel {
  /** Environment variable that, set to 1, lifts the bound. */
  static final String OVERRIDE = "REZOLUS_BPF_UNPROVEN_KERNEL";

  private static final int MAJOR = 5;
  private static final int MINOR = 10;

  private ProvenKernel() {}

  /** Refuses a kernel release below the bound; one that cannot be read passes. */
  static void require(KernelRelease release, boolean override) throws UnsupportedException {
    if (!override && release.isBefore(MAJOR, MINOR)) {
      throw new UnsupportedException(
          "kernel "
              + release.text()
              + ": BPF programs are proven on "
              + MAJOR
              + "."
              + MINOR
              + " and later only; "
              + OVERRIDE
              + "=1 loads them all the same");
    }
  }
}
