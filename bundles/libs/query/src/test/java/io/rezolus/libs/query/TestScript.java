package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a file of the test language against an empty source. */
final class TestScript {
  private static final QueryOptions OPTIONS = QueryOptions.DEFAULT.withMaxSamples(1_000_000);
  private final QueryEngine engine = new QueryEngine(OPTIONS);
  private final MemorySource source = new MemorySource();

  /** The failures, each with its line number; empty when all is as expected. */
  static List<String> failures(String text) {
    return new TestScript().run(text);
  }

  private List<String> run(String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].trim();
      lines[i] = lines[i].startsWith("#") ? "" : lines[i];
    }
    List<String> failures = new ArrayList<>();
    int i = 0;
    while (i < lines.length) {
      int at = i++;
      if (lines[at].isEmpty()) {
        continue;
      }
      String word = lines[at].split("\\s+")[0].toLowerCase(Locale.ROOT);
      List<String> block = new ArrayList<>();
      if (!word.equals("clear")) {
        while (i < lines.length && !lines[i].isEmpty()) {
          block.add(lines[i++]);
        }
      }
      try {
        command(word, lines[at], block);
      } catch (AssertionError | RuntimeException e) {
        failures.add(
            "line "
                + (at + 1)
                + ": "
                + lines[at]
                + ": "
                + (e instanceof RuntimeException && !(e instanceof QueryException)
                    ? e + " " + e.getStackTrace()[0]
                    : e.getMessage()));
      }
    }
    return failures;
  }

  private void command(String word, String line, List<String> block) {
    if (word.equals("clear")) {
      source.clear();
    } else if (word.startsWith("load")) {
      LoadBlock.run(source, line, block);
    } else if (word.startsWith("eval")) {
      new EvalBlock(engine, source, block).run(line);
    } else {
      throw new IllegalArgumentException("unknown command");
    }
  }
}
