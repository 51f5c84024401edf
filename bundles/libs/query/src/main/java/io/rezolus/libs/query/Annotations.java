package io.rezolus.libs.query;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Warnings and infos collected while a query runs, each once. */
public final class Annotations {
  private final String text;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();

  Annotations(String text) {
    this.text = text;
  }

  void warn(Expr at, String message) {
    warnings.add("PromQL warning: " + message + " (" + at.span().position(text) + ")");
  }

  void info(Expr at, String message) {
    infos.add("PromQL info: " + message + " (" + at.span().position(text) + ")");
  }

  /** Doubts about the values. */
  public Collection<String> warnings() {
    return warnings;
  }

  /** Remarks on how the values came about. */
  public Collection<String> infos() {
    return infos;
  }
}
