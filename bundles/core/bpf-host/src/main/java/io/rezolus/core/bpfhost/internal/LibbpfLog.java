package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libbpf prints. All of it goes to the debug log; the warnings of one load are also searched
 * for the program they complain about, because a program that fails before the verifier sees it
 * leaves no verifier text.
 */
final class LibbpfLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.rezolus.core.bpfhost.libbpf");
  private static final Pattern BLAMED = Pattern.compile("prog '([^']+)': .*fail", Pattern.DOTALL);
  private static final int WARN = 0;
  private static final int SIZE = 64 * 1024;

  private final Libbpf libbpf;
  private final Libc libc;
  private final Memory text = new Memory(SIZE);
  // libbpf holds its address: the field keeps it from being collected
  private final Libbpf.Print callback = this::print;
  private String blamed;
  private String warning;

  LibbpfLog(Libbpf libbpf, Libc libc) {
    this.libbpf = libbpf;
    this.libc = libc;
    libbpf.libbpf_set_print(callback);
  }

  /** Forgets what was said before. */
  synchronized void clear() {
    blamed = null;
    warning = null;
  }

  /** The program that the first failure named, or null. */
  synchronized String blamed() {
    return blamed;
  }

  /** The first warning, one line, or null. */
  synchronized String warning() {
    return warning;
  }

  private synchronized int print(int level, Pointer format, Pointer arguments) {
    if (level != WARN && !LOG.isDebugEnabled()) {
      return 0;
    }
    libc.vsnprintf(text, SIZE, format, arguments);
    String message = text.getString(0).strip();
    LOG.debug("{}", message);
    if (level == WARN) {
      Matcher matcher = BLAMED.matcher(message);
      if (blamed == null && matcher.find()) {
        blamed = matcher.group(1);
      }
      if (warning == null && !message.isEmpty()) {
        warning = message.lines().findFirst().orElse(null);
      }
    }
    return 0;
  }

  @Override
  public void close() {
    libbpf.libbpf_set_print(null);
  }
}
