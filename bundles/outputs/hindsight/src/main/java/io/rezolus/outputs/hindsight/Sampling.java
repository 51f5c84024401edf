package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.AgentClient;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.command.Ticks;
import io.rezolus.libs.wire.DecodedSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the buffer at every tick, through any outage of the agent, until it is stopped. */
final class Sampling {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

  private final AgentClient agent;
  private final Buffer buffer;
  private final Duration interval;
  private final StopSwitch stop;
  private String trouble;
  private long missed;

  Sampling(AgentClient agent, Buffer buffer, Duration interval, StopSwitch stop) {
    this.agent = agent;
    this.buffer = buffer;
    this.interval = interval;
    this.stop = stop;
  }

  void run() throws CommandException {
    long start = System.nanoTime();
    Ticks ticks = new Ticks(interval.toNanos(), Instant.now().getNano());
    Duration bound = bound(interval);
    while (true) {
      stop.awaitUntil(start + ticks.next());
      if (stop.stopped()) {
        return;
      }
      if (System.nanoTime() - start >= ticks.next()) {
        sample(bound);
        ticks.skipTo(System.nanoTime() - start);
      }
    }
  }

  /** How long a sample may take: what is to be caught hangs, and is not slow. */
  static Duration bound(Duration interval) {
    return Duration.ofMillis(Math.max(2000, Math.min(10_000, 2 * interval.toMillis())));
  }

  private void sample(Duration bound) throws CommandException {
    DecodedSnapshot snapshot;
    try {
      snapshot = agent.snapshot(bound);
    } catch (IOException e) {
      missed++;
      if (!stop.stopped() && !e.getMessage().equals(trouble)) {
        trouble = e.getMessage();
        LOG.warn("sample missed: {}; what is buffered stays, trying again", trouble);
      }
      return;
    }
    if (trouble != null) {
      LOG.info("sampling again; {} missed", missed);
      trouble = null;
      missed = 0;
    }
    try {
      buffer.append(snapshot);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          buffer.path() + ": " + problem(e) + "; stopped, what is buffered can be read there",
          e);
    }
  }

  /** Without the name of the file, which the archive's own messages begin with. */
  private String problem(IOException e) {
    String file = buffer.path() + ": ";
    String message = String.valueOf(e.getMessage());
    return message.startsWith(file) ? message.substring(file.length()) : message;
  }
}
