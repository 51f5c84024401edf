package io.rezolus.analysis.recordingtools;

import java.util.regex.Pattern;

/**
 * A name with {@code *} for any characters and {@code ?} for one.
 *
 * @param text as it was given
 */
record Glob(String text, Pattern pattern) {
  static Glob of(String text) {
    StringBuilder expression = new StringBuilder();
    for (String part : text.split("(?<=[*?])|(?=[*?])")) {
      expression.append(part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part));
    }
    return new Glob(text, Pattern.compile(expression.toString(), Pattern.DOTALL));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
