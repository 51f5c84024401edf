package io.rezolus.analysis.query;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.capture.OpenRecording;
import io.rezolus.libs.query.live.LiveAgent;
import io.rezolus.libs.query.recording.CombinedSource;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is asked: the recordings of a file, or what a running agent says for a while. */
final class Source implements Closeable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Pattern ADDRESS =
      Pattern.compile("[a-zA-Z]+://.*|[\\w.\\-\\[\\]:]+:\\d{1,5}/?");
  private static final long MOST_CACHE = 64L << 20;

  private final CatalogSource series;
  private final Closeable open;

  private Source(CatalogSource series, Closeable open) {
    this.series = series;
    this.open = open;
  }

  CatalogSource series() {
    return series;
  }

  static boolean isUrl(String text) {
    return text.startsWith("http://") || text.startsWith("https://");
  }

  /**
   * Opens a file; several recordings in it are told apart by the label {@code recording}.
   *
   * @param messages told what is missing where it is not whole
   */
  static Source file(String name, PrintStream messages) throws CommandException {
    Path path = Path.of(name);
    try {
      if (Files.isDirectory(path)) {
        throw failure(name + ": is a directory, expected a recording", null);
      }
      OpenRecording file = OpenRecording.open(path, new SampleCache(cacheBytes()));
      file.warnings().forEach(warning -> messages.println("warning: " + warning));
      if (file.parts().size() == 1) {
        return new Source(file.parts().get(0).source(), file);
      }
      List<CombinedSource.Member> members = new ArrayList<>();
      for (OpenRecording.Part part : file.parts()) {
        members.add(new CombinedSource.Member(part.source(), Map.of("recording", part.name())));
      }
      return new Source(new CombinedSource(members), file);
    } catch (NoSuchFileException | FileNotFoundException e) {
      boolean address = ADDRESS.matcher(name).matches();
      String hint = address ? "; an agent is named by its URL, such as http://host:4241" : "";
      throw failure(name + ": no such file" + hint, e);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw failure(reason.contains(name) ? reason : name + ": " + reason, e);
    }
  }

  /** One question seldom reads a column twice. */
  private static long cacheBytes() {
    return Math.min(MOST_CACHE, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Listens to an agent for so long. */
  static Source agent(String url, Duration window) throws CommandException {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.parse(url);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
    try {
      LiveAgent agent =
          LiveAgent.connect(
              endpoint, INTERVAL, window.plus(INTERVAL), Runtime.getRuntime().maxMemory() / 2);
      Thread.sleep(window.toMillis());
      return new Source(agent.source(), agent::close);
    } catch (IOException e) {
      throw failure(e.getMessage() + "; is the agent running there?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(url + ": interrupted", e);
    }
  }

  private static CommandException failure(String message, Exception cause) {
    return new CommandException(ExitCode.FAILURE, message, cause);
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
