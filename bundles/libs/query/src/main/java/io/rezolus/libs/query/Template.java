package io.rezolus.libs.query;

/** Replacement text with {@code $1}, <code>${1}</code> and {@code $name} in it. */
final class Template {
  private Template() {}

  static String expand(String template, com.google.re2j.Matcher m) {
    StringBuilder b = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i);
      if (c != '$' || i + 1 == template.length()) {
        b.append(c);
        i++;
        continue;
      }
      if (template.charAt(i + 1) == '$') {
        b.append('$');
        i += 2;
        continue;
      }
      boolean brace = template.charAt(i + 1) == '{';
      int start = i + (brace ? 2 : 1);
      int end = start;
      while (end < template.length()
          && (Character.isLetterOrDigit(template.charAt(end)) || template.charAt(end) == '_')) {
        end++;
      }
      boolean closed = !brace || end < template.length() && template.charAt(end) == '}';
      if (end == start || !closed) {
        b.append(c);
        i++;
        continue;
      }
      b.append(group(m, template.substring(start, end)));
      i = brace ? end + 1 : end;
    }
    return b.toString();
  }

  private static String group(com.google.re2j.Matcher m, String name) {
    String value = null;
    if (name.chars().allMatch(Character::isDigit)) {
      int n = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = n <= m.groupCount() ? m.group(n) : null;
    } else if (m.pattern().namedGroups().containsKey(name)) {
      value = m.group(name);
    }
    return value == null ? "" : value;
  }
}
