package io.rezolus.core.agent;

import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs each change of a sampler's state once. */
final class StatusLog {
  private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);

  private final Map<String, String> told = new HashMap<>();

  synchronized void report(List<SamplerStatus> samplers) {
    Map<String, String> now = new HashMap<>();
    for (SamplerStatus sampler : samplers) {
      String words = words(sampler);
      now.put(sampler.name(), words);
      String before = told.get(sampler.name());
      if (!words.equals(before)) {
        log(sampler, words, before != null && troubled(before));
      }
    }
    for (String name : told.keySet()) {
      if (!now.containsKey(name)) {
        LOG.info("{}: removed", name);
      }
    }
    told.clear();
    told.putAll(now);
  }

  private void log(SamplerStatus sampler, String words, boolean recovered) {
    // starting and stopping is what samplers do; the end of trouble is news
    Level calm = recovered ? Level.INFO : Level.DEBUG;
    switch (sampler.state()) {
      case FAILED -> LOG.error("{}: {}", sampler.name(), words);
      case DISABLED -> LOG.atLevel(calm).log("{}: {}", sampler.name(), words);
      case ACTIVE -> {
        SamplerHealth.Level level =
            sampler.health() == null ? SamplerHealth.Level.HEALTHY : sampler.health().level();
        switch (level) {
          case DEGRADED -> LOG.warn("{}: {}", sampler.name(), words);
          case FAILED -> LOG.error("{}: {}", sampler.name(), words);
          case UNSUPPORTED -> LOG.info("{}: {}", sampler.name(), words);
          case HEALTHY -> LOG.atLevel(calm).log("{}: {}", sampler.name(), words);
        }
      }
    }
  }

  private static boolean troubled(String words) {
    return words.startsWith("failed") || words.startsWith("degraded");
  }

  private static String words(SamplerStatus sampler) {
    String state =
        sampler.state() == SamplerStatus.State.ACTIVE && sampler.health() != null
            ? sampler.health().level().name()
            : sampler.state().name();
    String words = state.toLowerCase(java.util.Locale.ROOT);
    return sampler.reason() == null ? words : words + ": " + sampler.reason();
  }
}
