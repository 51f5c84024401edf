package io.rezolus.analysis.viewer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to show, as given on the command line.
 *
 * @param alias what people shall see in its place; may be null
 * @param location file name or URL
 */
record Input(String alias, String location) {
  private static final Pattern ALIASED = Pattern.compile("([^/\\\\:\\s=]+)=(.+)");

  private static final Pattern ADDRESS =
      Pattern.compile("[a-zA-Z]+://.*|[\\w.\\-\\[\\]:]+:\\d{1,5}/?");

  /** Understands a file name or URL, with {@code alias=} in front if so wished. */
  static Input parse(String text) {
    Matcher aliased = ALIASED.matcher(text);
    return aliased.matches()
        ? new Input(aliased.group(1), aliased.group(2))
        : new Input(null, text);
  }

  boolean isAgent() {
    return location.startsWith("http://") || location.startsWith("https://");
  }

  /** What may have been meant by a file that does not exist; empty when nothing comes to mind. */
  static String hint(String location) {
    boolean address = ADDRESS.matcher(location).matches();
    return address ? "; an agent is named by its URL, such as http://host:4241" : "";
  }
}
