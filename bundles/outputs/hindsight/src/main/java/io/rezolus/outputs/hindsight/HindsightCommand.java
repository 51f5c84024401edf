package io.rezolus.outputs.hindsight;

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
import java.util.concurrent.CompletableFuture;
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
      "SIGTERM and Ctrl-C end it. A restart goes on with what a killed one had kept, which can be",
      "captured at once, whether the agent answers or not.",
      "",
      "Example:",
      "  rezolus hindsight config/hindsight.toml"
    })
public final class HindsightCommand implements Subcommand {
  private static final Logger LOG = LoggerFactory.getLogger(HindsightCommand.class);

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
      run(config, place);
      return ExitCode.OK;
    } catch (IOException e) {
      String reason = FileTrouble.of(e);
      String file = config.output() + ": ";
      throw new CommandException(
          ExitCode.FAILURE, reason.startsWith(file) ? reason : file + reason, e);
    }
  }

  private void run(HindsightConfig config, BufferPlace place) throws CommandException, IOException {
    AgentClient agent = new AgentClient(config.source(), new BoundedGet());
    stop.onStop(agent::cancel);
    // a capture asked for while the buffer is being opened is made once that is done
    CompletableFuture<Captures> opened = new CompletableFuture<>();
    try (StopSignals signals = new StopSignals(stop, () -> opened.thenAccept(Captures::request))) {
      Buffer buffer = Buffer.open(place, config.lookback(), config.segmentRows());
      place.keep(buffer.adopted());
      Captures captures = new Captures(buffer, place, config.output());
      boolean sampled;
      try (buffer;
          captures) {
        routes.open(new Hindsight(config, buffer, captures));
        opened.complete(captures);
        try {
          listen(config.listen());
          sampled = sample(config, place, agent, buffer);
        } finally {
          routes.close();
        }
      }
      if (sampled && captures.settled()) {
        place.keep(false);
      } else if (buffer.newestTs() != 0) {
        LOG.info("what is buffered stays in {}", buffer.path());
      }
    }
  }

  /**
   * Samples until it is stopped.
   *
   * @return false when it was stopped before the agent had answered
   */
  private boolean sample(
      HindsightConfig config, BufferPlace place, AgentClient agent, Buffer buffer)
      throws CommandException, IOException {
    if (buffer.adopted()) {
      LOG.info("{} has what an earlier run kept, which can be captured", buffer.path());
    }
    if (!new AgentWait(file, config, agent, stop).await()) {
      return false;
    }
    buffer.begin(Origin.of(config, agent));
    place.keep(true);
    LOG.info(
        "buffering {} of metrics at {} in {}{}",
        DurationConverter.text(config.lookback()),
        DurationConverter.text(config.interval()),
        buffer.path(),
        buffer.adopted() ? ", going on with what an earlier run has kept" : "");
    new Sampling(agent, buffer, config.interval(), stop).run();
    return true;
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
}
