package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels on which the programs are proven: the oldest is 5.10. On an older one they are not loaded
 * unless the operator asks for it.
 */
final class ProvenKernel {
  /** Environment variable that, set to 1, lifts the bound. */
  static final String OVERRIDE = "REZOLUS_BPF_UNPROVEN_KERNEL";

  private static final int MAJOR = 5;
  private static final int MINOR = 10;
  private static final Pattern RELEASE = Pattern.compile("^(\\d+)\\.(\\d+)");

  private ProvenKernel() {}

  /** Refuses a kernel release below the bound; one that cannot be read passes. */
  static void require(String release, boolean override) throws UnsupportedException {
    Matcher version = RELEASE.matcher(release);
    if (override || !version.find()) {
      return;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    if (major < MAJOR || major == MAJOR && minor < MINOR) {
      throw new UnsupportedException(
          "kernel "
              + release
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
