package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads one object: tries the variants of its hooks until each hook has one that loads and attaches
 * or none is left. A refusal closes everything and starts over, because one program that does not
 * load fails its whole object.
 */
final class Loader {
  private final Engine engine;
  private final BpfObjectSpec spec;
  private final byte[] code;
  private final RunningObject predecessor;
  private final List<HookChoice> choices = new ArrayList<>();

  private Loader(Engine engine, BpfObjectSpec spec, byte[] code, RunningObject predecessor) {
    this.engine = engine;
    this.spec = spec;
    this.code = code;
    this.predecessor = predecessor;
    ForcedVariants forced = ForcedVariants.fromEnvironment();
    for (Hook hook : spec.hooks()) {
      Attachment kept = predecessor == null ? null : predecessor.attachments().get(hook.name());
      choices.add(new HookChoice(hook, forced.variants(hook), kept));
    }
  }

  /** Loads with fresh maps. */
  static RunningObject start(Engine engine, BpfObjectSpec spec, byte[] code)
      throws BpfException, UnsupportedException {
    return new Loader(engine, spec, code, null).run();
  }

  /**
   * Loads in place of {@code predecessor}, on its maps and entry programs. On an exception the
   * predecessor runs on untouched.
   *
   * @return the new object, which shares with the predecessor what both need ({@link
   *     RunningObject#retire} closes the rest), or null when the two do not fit together
   */
  static RunningObject replace(
      Engine engine, BpfObjectSpec spec, byte[] code, RunningObject predecessor)
      throws BpfException, UnsupportedException {
    ForcedVariants forced = ForcedVariants.fromEnvironment();
    for (Hook hook : spec.hooks()) {
      Attachment running = predecessor.attachments().get(hook.name());
      if (running != null && !forced.variants(hook).contains(running.variant())) {
        return null; // its slot takes programs of the running variant only
      }
    }
    return new Loader(engine, spec, code, predecessor).run();
  }

  private RunningObject run() throws BpfException, UnsupportedException {
    try (KernelTypes types = new KernelTypes(engine.libbpf())) {
      while (true) {
        requireAnything();
        LoadAttempt attempt = new LoadAttempt(engine, spec, code, predecessor, choices, types);
        try {
          return attempt.run();
        } catch (LoadAttempt.LayoutDiffers e) {
          return null;
        } catch (LoadFailure failure) {
          refuse(failure);
        } finally {
          attempt.closeUnlessDone();
        }
      }
    }
  }

  private void refuse(LoadFailure failure) throws BpfException, UnsupportedException {
    for (HookChoice choice : choices) {
      if (failure.program() != null && choice.isAbout(failure.program()) && choice.kept() == null) {
        choice.refuse(failure.errno(), failure.getMessage());
        if (!choice.open() && failure.verified() && failure.errno() != Errno.EPERM) {
          throw new BpfException(failure.getMessage(), failure);
        }
        return;
      }
    }
    if (!failure.verified() && !KernelTypes.present()) {
      throw new UnsupportedException(
          "BPF object "
              + spec.name()
              + ": "
              + KernelTypes.ABSENT
              + "; general.btf_path in the agent's configuration names a file in its place",
          failure);
    }
    if (failure.errno() == Errno.ENOSYS) {
      throw new UnsupportedException(
          failure.getMessage()
              + "; this kernel is built without CONFIG_BPF_SYSCALL, or a seccomp filter hides it",
          failure);
    }
    if (failure.errno() == Errno.EPERM && !failure.verified()) {
      throw new UnsupportedException(failure.getMessage() + "; " + Privilege.ADVICE, failure);
    }
    throw new BpfException(failure.getMessage(), failure);
  }

  /** A host that forbids everything is told once instead of for each hook. */
  private void requireAnything() throws UnsupportedException {
    if (!choices.isEmpty() && choices.stream().allMatch(HookChoice::refusedForPrivilege)) {
      throw new UnsupportedException(choices.get(0).error() + "; " + Privilege.ADVICE);
    }
  }
}
