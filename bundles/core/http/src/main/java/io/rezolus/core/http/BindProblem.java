package io.rezolus.core.http;

import java.io.IOException;
import java.util.Locale;

/** Why an address cannot be listened at, with what to do about it. */
final class BindProblem {
  private BindProblem() {}

  /** One line without the address. */
  static String of(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("cannot assign requested address")) {
      return "this host has no such address; choose one of its own as general.listen";
    }
    if (lower.contains("permission denied")) {
      return message + "; ports below 1024 are for root, choose another general.listen";
    }
    if (lower.contains("in use")) {
      return message + "; stop what listens there or choose another general.listen";
    }
    return message + "; choose another general.listen";
  }
}
