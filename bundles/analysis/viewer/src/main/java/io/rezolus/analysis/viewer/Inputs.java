package io.rezolus.analysis.viewer;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.capture.FollowedFile;
import io.rezolus.libs.query.live.LiveAgent;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what is to be shown and keeps it open. */
final class Inputs implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Names of the first captures; what follows is numbered. */
  private static final List<String> SLOTS = List.of("baseline", "experiment");

  private final SampleCache cache;
  private final Duration window;
  private final long liveBytes;
  private final List<Capture> captures = new ArrayList<>();
  private final Deque<Closeable> open = new ArrayDeque<>();

  /**
   * @param window how much of an agent's past is held
   * @param liveBytes memory that may take for each agent
   */
  Inputs(SampleCache cache, Duration window, long liveBytes) {
    this.cache = cache;
    this.window = window;
    this.liveBytes = liveBytes;
  }

  /** Opens one more. */
  void open(Input input) throws CommandException {
    try {
      if (input.isAgent()) {
        agent(input);
      } else {
        file(input);
      }
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw failure(input.location() + ": no such file" + Input.hint(input.location()), e);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw failure(
          reason.contains(input.location()) ? reason : input.location() + ": " + reason, e);
    }
  }

  private void agent(Input input) throws IOException, CommandException {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.parse(input.location());
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
    LiveAgent agent;
    try {
      agent = LiveAgent.connect(endpoint, INTERVAL, window, liveBytes);
    } catch (IOException e) {
      throw failure(e.getMessage() + "; is the agent running there?", e);
    }
    open.push(agent::close);
    captures.add(
        new Capture(nextId(), agent.source(), endpoint.base().toString(), input.alias(), true));
  }

  private void file(Input input) throws IOException, CommandException {
    Path path = Path.of(input.location());
    if (Files.isDirectory(path)) {
      throw failure(path + ": is a directory, expected a recording", null);
    }
    FollowedFile file = FollowedFile.open(path, cache);
    open.push(file);
    List<String> names = file.names();
    for (int part = 0; part < names.size(); part++) {
      String origin = path.getFileName() + (names.size() > 1 ? ": " + names.get(part) : "");
      captures.add(new Capture(nextId(), file.part(part), origin, input.alias(), false));
    }
  }

  private String nextId() {
    int number = captures.size();
    return number < SLOTS.size() ? SLOTS.get(number) : "capture" + (number + 1);
  }

  private static CommandException failure(String message, Exception cause) {
    return new CommandException(ExitCode.FAILURE, message, cause);
  }

  List<Capture> captures() {
    return List.copyOf(captures);
  }

  @Override
  public void close() {
    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        LOG.debug("closing an input: {}", e.getMessage());
      }
    }
  }
}
