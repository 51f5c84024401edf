package io.rezolus.libs.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A condition on one label; an absent label counts as the empty string. */
public final class Matcher {
  /** Kinds of condition. */
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    final String text;

    Op(String text) {
      this.text = text;
    }
  }

  private static final int MAX_GROUPS = 1000;

  private final String name;
  private final Op op;
  private final String value;
  private final Pattern pattern;

  /** Throws IllegalArgumentException when a pattern is not a valid regular expression. */
  public Matcher(String name, Op op, String value) {
    this.name = name;
    this.op = op;
    this.value = value;
    this.pattern = op == Op.REGEX || op == Op.NOT_REGEX ? compile(value) : null;
  }

  /** A pattern to be matched against whole values. */
  static Pattern compile(String regex) {
    if (regex.chars().filter(c -> c == '(').count() > MAX_GROUPS) {
      throw new IllegalArgumentException("error parsing regexp: expression nests too deeply");
    }
    try {
      return Pattern.compile(regex, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("error parsing regexp: " + e.getDescription(), e);
    }
  }

  /** Label that is tested. */
  public String name() {
    return name;
  }

  /** Kind of condition. */
  public Op op() {
    return op;
  }

  /** Text or pattern compared with. */
  public String value() {
    return value;
  }

  /** Whether a label value passes. */
  public boolean matches(String s) {
    return switch (op) {
      case EQUAL -> s.equals(value);
      case NOT_EQUAL -> !s.equals(value);
      case REGEX -> pattern.matches(s);
      case NOT_REGEX -> !pattern.matches(s);
    };
  }

  /** Whether a label set passes. */
  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  @Override
  public String toString() {
    return (Names.isLabel(name) ? name : Quoting.quote(name)) + op.text + Quoting.quote(value);
  }
}
