package io.rezolus.core.bpfhost.internal;

import java.util.List;
import java.util.regex.Pattern;

/** The kernel verifier's log of one program. */
final class VerifierText {
  private static final Pattern STATISTICS =
      Pattern.compile(
          "(processed \\d+ insns|verification time|stack depth|max_states|peak_states"
              + "|mark_precise|-- (BEGIN|END)|;).*");

  private static final Pattern MISSING_HELPER =
      Pattern.compile("(?:invalid|unknown) func \\w+#\\d+");

  private static final Pattern MISSING_READ =
      Pattern.compile("(?:invalid|unknown) func bpf_probe_read(?:_kernel)?(?:_str)?#\\d+");

  private VerifierText() {}

  /** Whether the last words say that this kernel is too old for a helper the program calls. */
  static boolean missesHelper(String lastWords) {
    return MISSING_HELPER.matcher(lastWords).matches();
  }

  /**
   * Whether the last words say that programs may not read kernel memory: the helper for that is
   * older than any kernel that loads our programs, and is taken away only by lockdown.
   */
  static boolean deniesReading(String lastWords) {
    return MISSING_READ.matcher(lastWords).matches();
  }

  /** The last line that is a statement about the program rather than a statistic; may be empty. */
  static String lastWords(String log) {
    List<String> lines = log.lines().map(String::strip).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (!line.isEmpty() && !STATISTICS.matcher(line).matches()) {
        return line;
      }
    }
    return "";
  }
}
