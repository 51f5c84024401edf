package io.rezolus.test.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a kernel test needs of the host; it is skipped with the reason where that is missing. */
public final class KernelHost {
  private KernelHost() {}

  /** Programs with typed arguments can be loaded and attached. */
  public static void assumeBpf() {
    assumeTrue("root".equals(System.getProperty("user.name")), "loading BPF programs needs root");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "this kernel has no BTF");
  }

  /** A load can be run in a cgroup of its own. */
  public static void assumeCpuCgroups() {
    assumeTrue(CpuCgroup.available(), "no cpu controller to make a cgroup in, in v1 or v2");
  }
}
