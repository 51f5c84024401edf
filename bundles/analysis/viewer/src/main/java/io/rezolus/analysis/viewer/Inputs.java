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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Consumer<Capture> offer;
  private final Map<FollowedFile, Integer> parts = new HashMap<>();
  private final List<Capture> captures = new ArrayList<>();
  private final Deque<Closeable> open = new ArrayDeque<>();

  /**
   * @param window how much of an agent's past is held
   * @param liveBytes memory that may take for each agent
   * @param offer told of each capture, also of those that a file turns out to have later
   */
  Inputs(SampleCache cache, Duration window, long liveBytes, Consumer<Capture> offer) {
    this.offer = offer;
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
    add(new Capture(nextId(), agent.source(), endpoint.base().toString(), input.alias(), true));
  }

  private void file(Input input) throws IOException, CommandException {
    Path path = Path.of(input.location());
    if (Files.isDirectory(path)) {
      throw failure(path + ": is a directory, expected a recording", null);
    }
    FollowedFile file = FollowedFile.open(path, cache);
    open.push(file);
    file.whenMore(() -> parts(input, path, file));
    parts(input, path, file);
  }

  /** Takes the recordings of a file that are not known yet; those of one file keep their order. */
  private synchronized void parts(Input input, Path path, FollowedFile file) {
    List<String> names = file.names();
    int known = parts.getOrDefault(file, 0);
    for (int part = known; part < names.size(); part++) {
      String origin = path.getFileName() + (names.size() > 1 ? ": " + names.get(part) : "");
      add(new Capture(nextId(), file.part(part), origin, input.alias(), false));
      if (known > 0) {
        LOG.info("{}: recording {} was added to it", path, names.get(part));
      }
    }
    parts.put(file, names.size());
  }

  private synchronized void add(Capture capture) {
    captures.add(capture);
    offer.accept(capture);
  }

  private String nextId() {
    int number = captures.size();
    return number < SLOTS.size() ? SLOTS.get(number) : "capture" + (number + 1);
  }

  private static CommandException failure(String message, Exception cause) {
    return new CommandException(ExitCode.FAILURE, message, cause);
  }

  synchronized List<Capture> captures() {
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
