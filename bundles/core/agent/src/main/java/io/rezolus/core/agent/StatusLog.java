package io.rezolus.core.agent;

import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs each change of a sampler's state once, and samplers that share a state and its reason in one
 * line. A state counts when two looks in a row saw it: a bundle on its way up, down or to its next
 * version passes through states that are nobody's business.
 */
final class StatusLog {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);

  /** What the last look saw, by sampler. */
  private Map<String, String> seen = Map.of();

  /** What the log says last, by sampler. */
  private final Map<String, String> told = new HashMap<>();

  /**
   * Takes a look.
   *
   * @return whether every state counts by now; if not, another look is due
   */
  synchronized boolean report(List<SamplerStatus> samplers) {
    Map<String, String> now = new TreeMap<>();
    Map<Line, Collection<String>> lines = new TreeMap<>();
    for (SamplerStatus sampler : samplers) {
      String name = sampler.name();
      String words = words(sampler);
      now.put(name, words);
      if (words.equals(seen.get(name)) && !words.equals(told.get(name))) {
        String before = told.put(name, words);
        Level level = level(sampler, before != null && troubled(before));
        lines.computeIfAbsent(new Line(level, words), line -> new TreeSet<>()).add(name);
      }
    }
    for (String name : List.copyOf(told.keySet())) {
      if (!now.containsKey(name) && !seen.containsKey(name)) {
        told.remove(name);
        lines.computeIfAbsent(new Line(Level.INFO, "removed"), line -> new TreeSet<>()).add(name);
      }
    }
    lines.forEach(
        (line, names) ->
            LOG.atLevel(line.level()).log("{}: {}", String.join(" ", names), line.words()));
    seen = now;
    return now.equals(told);
  }

  private static Level level(SamplerStatus sampler, boolean recovered) {
    // starting and stopping is what samplers do; the end of trouble is news
    Level calm = recovered ? Level.INFO : Level.DEBUG;
    return switch (sampler.state()) {
      case FAILED -> Level.ERROR;
      case DISABLED -> calm;
      case ACTIVE ->
          switch (health(sampler)) {
            case DEGRADED -> Level.WARN;
            case FAILED -> Level.ERROR;
            case UNSUPPORTED -> Level.INFO;
            // one that runs and still has something to say
            case HEALTHY -> sampler.reason() == null ? calm : Level.WARN;
          };
    };
  }

  private static SamplerHealth.Level health(SamplerStatus sampler) {
    return sampler.health() == null ? SamplerHealth.Level.HEALTHY : sampler.health().level();
  }

  private static boolean troubled(String words) {
    return words.startsWith("failed")
        || words.startsWith("degraded")
        || words.startsWith("healthy:");
  }

  private static String words(SamplerStatus sampler) {
    Enum<?> state =
        sampler.state() == SamplerStatus.State.ACTIVE ? health(sampler) : sampler.state();
    String words = state.name().toLowerCase(Locale.ROOT);
    return sampler.reason() == null ? words : words + ": " + sampler.reason();
  }

  /** What is said of the samplers it applies to; the gravest first. */
  private record Line(Level level, String words) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int graver = level.compareTo(other.level);
      return graver != 0 ? graver : words.compareTo(other.words);
    }
  }
}
