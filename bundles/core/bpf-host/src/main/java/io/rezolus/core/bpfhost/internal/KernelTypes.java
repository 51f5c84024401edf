package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The running kernel's own type information, to tell cheaply which hooks cannot exist. */
final class KernelTypes implements AutoCloseable {
  private static final Path SOURCE = Path.of("/sys/kernel/btf/vmlinux");

  /** What a kernel without lacks, in words. */
  static final String ABSENT = "this kernel has no " + SOURCE + " (CONFIG_DEBUG_INFO_BTF)";

  private final Libbpf lib;
  private Pointer btf;
  private boolean opened;

  KernelTypes(Libbpf lib) {
    this.lib = lib;
  }

  /** Whether the kernel says what its types are. */
  static boolean present() {
    return Files.exists(SOURCE);
  }

  /**
   * Why a program of this section cannot attach, as one line, or null when nothing speaks against
   * it. Only kinds whose target is named in BTF can be judged.
   */
  String objection(String section) {
    int slash = section.indexOf('/');
    if (slash < 0) {
      return null;
    }
    String target = section.substring(slash + 1);
    return switch (section.substring(0, slash)) {
      case "tp_btf" ->
          has("btf_trace_" + target, Libbpf.BTF_KIND_TYPEDEF, "no tracepoint " + target);
      case "fentry", "fexit", "fmod_ret" ->
          has(target, Libbpf.BTF_KIND_FUNC, "no function " + target);
      case "iter" -> has("bpf_iter_" + target, Libbpf.BTF_KIND_FUNC, "no iterator over " + target);
      default -> null;
    };
  }

  private String has(String name, int kind, String objection) {
    if (!opened) {
      opened = true;
      btf = Files.exists(SOURCE) ? lib.btf__load_vmlinux_btf() : null;
    }
    if (btf == null) {
      return ABSENT;
    }
    return lib.btf__find_by_name_kind(btf, name, kind) > 0 ? null : "this kernel has " + objection;
  }

  @Override
  public void close() {
    if (btf != null) {
      lib.btf__free(btf);
      btf = null;
    }
  }
}
