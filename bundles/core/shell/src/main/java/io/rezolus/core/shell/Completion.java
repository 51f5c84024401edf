package io.rezolus.core.shell;

import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What may stand where the cursor is in an unfinished command line. */
@Component(service = Completion.class)
public final class Completion {
  private static final Set<String> TAKE_SAMPLER = Set.of("sampler", "why", "enable", "disable");
  private static final Set<String> TAKE_METRIC = Set.of("metrics");
  private static final Set<String> TAKE_COMMAND = Set.of("help");

  // the shell also answers while there is no agent to ask, to find out why
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile SamplerInventory inventory;

  /**
   * @param word the whole word, not only what is missing of it; with a space at its end where the
   *     next word may follow, without one where more may be typed: a name after a scope, a {@code
   *     *} after a metric
   * @param note what it stands for, one line, may be empty
   */
  record Candidate(String word, String note) {}

  /**
   * @param line the command line up to the cursor
   * @param commands all commands as {@code scope:name}
   */
  List<Candidate> candidates(String line, Collection<String> commands) {
    String statement = statement(line);
    String[] words = statement.isEmpty() ? new String[0] : statement.split("\\s+");
    boolean fresh =
        statement.isEmpty() || Character.isWhitespace(statement.charAt(statement.length() - 1));
    String prefix = fresh ? "" : words[words.length - 1];
    int position = fresh ? words.length : words.length - 1;
    return from(
        position == 0 ? names(prefix, commands) : arguments(words, position, prefix, commands),
        prefix);
  }

  /** The last command of a pipe, a sequence or a nested expression, without leading space. */
  private static String statement(String line) {
    int start = 0;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if ("|;&({".indexOf(c) >= 0) {
        start = i + 1;
      }
    }
    return line.substring(start).stripLeading();
  }

  private Map<String, String> arguments(
      String[] words, int position, String prefix, Collection<String> commands) {
    String command = words[0].substring(words[0].indexOf(':') + 1);
    SamplerInventory agent = inventory;
    if (position > 1) {
      return Map.of();
    }
    if (TAKE_COMMAND.contains(command)) {
      return names(prefix, commands);
    }
    if (agent != null && TAKE_SAMPLER.contains(command)) {
      Map<String, String> samplers = new TreeMap<>();
      for (SamplerStatus sampler : agent.samplers()) {
        samplers.put(sampler.name(), SamplerTable.verdict(sampler));
      }
      return samplers;
    }
    return agent != null && TAKE_METRIC.contains(command) ? agent.descriptions() : Map.of();
  }

  /** Short names until a colon says that the scope matters. */
  private static Map<String, String> names(String prefix, Collection<String> commands) {
    Map<String, String> names = new TreeMap<>();
    for (String command : commands) {
      int colon = command.indexOf(':');
      if (prefix.indexOf(':') >= 0) {
        names.put(command + ' ', "");
      } else if (colon >= 0) {
        names.put(command.substring(colon + 1) + ' ', "");
        if (!prefix.isEmpty()) {
          names.put(command.substring(0, colon + 1), "");
        }
      }
    }
    return names;
  }

  private static List<Candidate> from(Map<String, String> words, String prefix) {
    return new TreeMap<>(words)
        .entrySet().stream()
            .filter(word -> word.getKey().startsWith(prefix))
            .map(word -> new Candidate(word.getKey(), oneLine(word.getValue())))
            .toList();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
