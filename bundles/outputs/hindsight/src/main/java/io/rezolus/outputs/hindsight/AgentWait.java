package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.AgentClient;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.StopSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for an agent that answers, and answers quickly enough. */
final class AgentWait {
  private static final Logger LOG = LoggerFactory.getLogger(AgentWait.class);
  private static final int LATENCIES = 20;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long RETRY_NANOS = 200_000_000;

  private final Path file;
  private final HindsightConfig config;
  private final AgentClient agent;
  private final StopSwitch stop;

  /**
   * @param file where the configuration was read
   */
  AgentWait(Path file, HindsightConfig config, AgentClient agent, StopSwitch stop) {
    this.file = file;
    this.config = config;
    this.agent = agent;
    this.stop = stop;
  }

  /**
   * Waits for the agent's first answer.
   *
   * @return false when it was stopped before
   * @throws CommandException when it answers too slowly for the interval
   */
  boolean await() throws CommandException {
    Duration bound = Sampling.bound(config.interval());
    String trouble = null;
    while (!stop.stopped()) {
      long begin = System.nanoTime();
      try {
        agent.snapshot(bound);
        // the first answer is slower than all later ones
        long least = 2 * latency(bound, config.interval().toNanos() / 2);
        if (config.interval().toNanos() < least && !stop.stopped()) {
          throw tooShort(least);
        }
        return !stop.stopped();
      } catch (IOException e) {
        if (!stop.stopped() && !e.getMessage().equals(trouble)) {
          trouble = e.getMessage();
          LOG.warn("{}: {}; waiting for the agent", config.source().snapshots(), trouble);
        }
        stop.awaitUntil(begin + Math.max(config.interval().toNanos(), RETRY_NANOS));
      }
    }
    return false;
  }

  private CommandException tooShort(long least) {
    return new CommandException(
        ExitCode.FAILURE,
        file
            + ": general.interval: "
            + DurationConverter.text(config.interval())
            + " is too short, the agent takes "
            + least / 2_000_000
            + " ms to answer; at least "
            + (least / 1_000_000 + 1)
            + "ms is possible");
  }

  /**
   * How long the agent takes to answer, in nanoseconds: the least of several times, since one of
   * them says as much about what else the machine is doing.
   *
   * @param enough what is measured no further
   */
  private long latency(Duration bound, long enough) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < LATENCIES && least > enough && !stop.stopped(); i++) {
      long begin = System.nanoTime();
      agent.snapshot(bound);
      long end = System.nanoTime();
      least = Math.min(least, end - begin);
      if (least > enough) {
        stop.awaitUntil(end + PAUSE_NANOS);
      }
    }
    return least;
  }
}
