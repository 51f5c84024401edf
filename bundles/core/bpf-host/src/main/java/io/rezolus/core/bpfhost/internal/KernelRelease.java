package io.rezolus.core.bpfhost.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel release as {@code uname -r} tells it.
 *
 * @param text all of it
 * @param known whether it starts with a version; without, it passes for a new one
 */
record KernelRelease(String text, boolean known, int major, int minor) {
  private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");

  static KernelRelease running() {
    return of(System.getProperty("os.version"));
  }

  static KernelRelease of(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find()
        ? new KernelRelease(
            text, true, Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)))
        : new KernelRelease(text, false, 0, 0);
  }

  boolean isBefore(int otherMajor, int otherMinor) {
    return known && (major < otherMajor || major == otherMajor && minor < otherMinor);
  }

  /**
   * Whether a hash map may allocate an entry when it is needed, in whatever context a program runs:
   * an allocator of BPF's own came with 6.1. Before, the kernel warns of it or refuses it.
   */
  boolean allocatesInPrograms() {
    return !isBefore(6, 1);
  }
}
