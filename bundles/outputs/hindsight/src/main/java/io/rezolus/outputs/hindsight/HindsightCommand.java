package io.rezolus.outputs.hindsight;

import com.google.gson.JsonElement;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.core.api.http.HttpListener;
import io.rezolus.core.api.http.ListenAddress;
import io.rezolus.libs.client.AgentClient;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.FileTrouble;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rezolus hindsight}: keeps the recent past of an agent, to be captured when it matters. */
@Component(service = Subcommand.class)
@Command(
    name = "hindsight",
    description = "Keeps the recent past of an agent on disk, to be captured when it matters.",
    footer = {
      "",
      "SIGHUP puts a copy of what is kept at general.output; so does POST /dump/file, and",
      "GET /dump sends one, both for a part of it where last=5m, or start= and end= say so.",
      "SIGTERM and Ctrl-C end it. A restart goes on with what a killed one had kept.",
      "",
      "Example:",
      "  rezolus hindsight config/hindsight.toml"
    })
public final class HindsightCommand implements Subcommand {
  private static final Logger LOG = LoggerFactory.getLogger(HindsightCommand.class);
  private static final int LATENCIES = 20;
  private static final long PAUSE_NANOS = 50_000_000;

  @Parameters(paramLabel = "CONFIG", description = "TOML file, see config/hindsight.toml.")
  private Path file;

  private final HttpListener http;
  private final Routes routes;
  private final StopSwitch stop;

  @Activate
  public HindsightCommand(@Reference HttpListener http, @Reference Routes routes) {
    this(http, routes, new StopSwitch());
  }

  HindsightCommand(HttpListener http, Routes routes, StopSwitch stop) {
    this.http = http;
    this.routes = routes;
    this.stop = stop;
  }

  @Override
  public Integer call() throws CommandException {
    HindsightConfig config = HindsightConfig.read(file);
    config.warnings().forEach(LOG::warn);
    try (BufferPlace place = BufferPlace.take(config.output())) {
      int status = run(config, place);
      place.remove();
      return status;
    } catch (IOException e) {
      String reason = FileTrouble.of(e);
      String file = config.output() + ": ";
      throw new CommandException(
          ExitCode.FAILURE, reason.startsWith(file) ? reason : file + reason, e);
    }
  }

  private int run(HindsightConfig config, BufferPlace place) throws CommandException, IOException {
    AgentClient agent = new AgentClient(config.source(), new BoundedGet());
    stop.onStop(agent::cancel);
    Hangup hangup = new Hangup();
    try (StopSignals signals = new StopSignals(stop, hangup)) {
      if (!awaitAgent(config, agent)) {
        return ExitCode.OK;
      }
      try (Buffer buffer =
              Buffer.open(
                  place.buffer(),
                  config.lookback(),
                  config.segmentRows(),
                  labels(agent),
                  metadata(config, agent));
          Captures captures = new Captures(buffer, place, config.output())) {
        hangup.captures = captures;
        LOG.info(
            "buffering {} of metrics at {} in {}{}",
            DurationConverter.text(config.lookback()),
            DurationConverter.text(config.interval()),
            buffer.path(),
            buffer.adopted() ? ", going on with what an earlier run has kept" : "");
        routes.open(new Hindsight(config, buffer, captures));
        try {
          listen(config.listen());
          new Sampling(agent, buffer, config.interval(), stop).run();
        } finally {
          hangup.captures = null;
          routes.close();
        }
        return ExitCode.OK;
      }
    }
  }

  /**
   * Waits for the agent's first answer.
   *
   * @return false when it was stopped before
   * @throws CommandException when it answers too slowly for the interval
   */
  private boolean awaitAgent(HindsightConfig config, AgentClient agent) throws CommandException {
    Duration bound = Sampling.bound(config.interval());
    String trouble = null;
    while (!stop.stopped()) {
      long begin = System.nanoTime();
      try {
        agent.snapshot(bound);
        // the first answer is slower than all later ones
        long least = 2 * latency(agent, bound, config.interval().toNanos() / 2);
        if (config.interval().toNanos() < least && !stop.stopped()) {
          throw new CommandException(
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
        return true;
      } catch (IOException e) {
        if (!stop.stopped() && !e.getMessage().equals(trouble)) {
          trouble = e.getMessage();
          LOG.warn("{}: {}; waiting for the agent", config.source().snapshots(), trouble);
        }
        stop.awaitUntil(begin + Math.max(config.interval().toNanos(), 200_000_000L));
      }
    }
    return false;
  }

  /**
   * How long the agent takes to answer, in nanoseconds: the least of several times, since one of
   * them says as much about what else the machine is doing.
   *
   * @param enough what is measured no further
   */
  private long latency(AgentClient agent, Duration bound, long enough) throws IOException {
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

  private void listen(ListenAddress address) throws CommandException {
    if (address == null) {
      return;
    }
    try {
      LOG.info("listening on http://{}/", http.listen(address, "/status"));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          address
              + ": cannot listen here: "
              + e.getMessage()
              + "; stop what does or change general.listen in "
              + file,
          e);
    }
  }

  private static Map<String, String> labels(AgentClient agent) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("source", "rezolus");
    JsonElement system = agent.systemInfo();
    if (system != null && system.isJsonObject()) {
      JsonElement host = system.getAsJsonObject().get("hostname");
      if (host != null && host.isJsonPrimitive()) {
        labels.put("host", host.getAsString());
      }
    }
    return labels;
  }

  private static Map<String, String> metadata(HindsightConfig config, AgentClient agent) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("sampling_interval_ms", Long.toString(config.interval().toMillis()));
    metadata.put("source", "rezolus");
    put(metadata, "systeminfo", agent.systemInfo());
    put(metadata, "descriptions", agent.descriptions());
    return metadata;
  }

  private static void put(Map<String, String> metadata, String key, JsonElement value) {
    if (value != null) {
      metadata.put(key, value.toString());
    }
  }

  /** What SIGHUP does: a capture, once there is something to capture. */
  private static final class Hangup implements Runnable {
    private volatile Captures captures;

    @Override
    public void run() {
      Captures current = captures;
      if (current == null) {
        LOG.warn("SIGHUP: nothing is buffered yet");
      } else {
        current.request();
      }
    }
  }
}
