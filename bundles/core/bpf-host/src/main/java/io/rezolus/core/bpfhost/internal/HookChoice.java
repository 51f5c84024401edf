package io.rezolus.core.bpfhost.internal;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.ProgramStatus.Verdict;
import io.rezolus.core.bpfhost.Hook;
import java.util.List;

/** The search for the variant of one hook that loads and attaches. */
final class HookChoice {
  private final Hook hook;
  private final List<String> variants;
  private final Attachment kept;
  private int next;
  private int errno;
  private String error;

  /**
   * @param variants in order of preference
   * @param kept where the hook is attached already, which leaves no choice; or null
   */
  HookChoice(Hook hook, List<String> variants, Attachment kept) {
    this.hook = hook;
    this.variants = kept == null ? variants : List.of(kept.variant());
    this.kept = kept;
  }

  /** The attachment that goes on under a new version of the object, or null. */
  Attachment kept() {
    return kept;
  }

  String name() {
    return hook.name();
  }

  /** Whether a variant is left. */
  boolean open() {
    return next < variants.size();
  }

  String variant() {
    return variants.get(next);
  }

  /** The attached program. */
  String entry() {
    return hook.name() + "__" + variant();
  }

  /** The program that does the work. */
  String run() {
    return entry() + "__run";
  }

  /** The map through which {@link #entry} finds {@link #run}. */
  String slot() {
    return slot(hook.name());
  }

  static String slot(String hook) {
    return hook + "__slot";
  }

  boolean isAbout(String program) {
    return open() && (program.equals(entry()) || program.equals(run()));
  }

  /** The current variant does not do; go on with the next. */
  void refuse(int number, String why) {
    errno = number;
    error = why;
    next++;
  }

  boolean refusedForPrivilege() {
    return !open() && errno == Errno.EPERM;
  }

  String error() {
    return error;
  }

  /** The outcome; {@code section} is what is attached, null for nothing. */
  ProgramStatus status(String section) {
    boolean attached = section != null;
    Verdict verdict =
        attached ? Verdict.OK : Errno.meansAbsent(errno) ? Verdict.UNSUPPORTED : Verdict.BROKEN;
    return new ProgramStatus(
        hook.name(),
        attached,
        attached ? null : error,
        new ProgramStatus.Required(),
        hook.label(),
        true,
        verdict,
        section);
  }
}
