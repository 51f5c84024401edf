package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.command.FileTrouble;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.command.Ticks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes samples of every endpoint at every tick until it is over, and finishes the recording. */
final class Recorder implements Feeds.Receiver {
  /** How long samples are waited for at the end, where those before could take longer. */
  private static final Duration END_GRACE = Duration.ofSeconds(2);

  private final RecordingPlan plan;
  private final Feeds feeds;
  private final StopSwitch stop;
  private final StopSignals signals;
  private final ProgressLine progress;
  private final PrintStream messages;
  private Output output;

  Recorder(
      RecordingPlan plan,
      Feeds feeds,
      StopSwitch stop,
      StopSignals signals,
      ProgressLine progress,
      PrintStream messages) {
    this.plan = plan;
    this.feeds = feeds;
    this.stop = stop;
    this.signals = signals;
    this.progress = progress;
    this.messages = messages;
  }

  /** Records, and returns the exit status. */
  int run() throws CommandException {
    stop.onStop(feeds::cancel);
    try (Output opened = Outputs.open(plan, feeds.all(), messages)) {
      output = opened;
      signals.beforeHalt(() -> opened.partials().forEach(Recorder::remove));
      WrappedCommand command = null;
      boolean timedOut = false;
      try {
        if (!plan.command().isEmpty()) {
          command = WrappedCommand.start(plan.command(), stop::wake);
          signals.beforeHalt(command::kill);
        }
        timedOut = loop(command);
        feeds.giveUp(this);
        feeds.awaitLooks(END_GRACE);
        store(() -> feeds.deliver(this));
      } finally {
        progress.end();
        if (command != null && !command.ended()) {
          command.terminate();
        }
        if (recorded().isEmpty()) {
          opened.discard();
        }
      }
      finish();
      if (command == null) {
        return ExitCode.OK;
      }
      return timedOut ? ExitCode.TIMED_OUT : command.status();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILURE, about(plan.output().toString(), e), e);
    }
  }

  /** Samples until the end; returns whether the duration cut a command short. */
  private boolean loop(WrappedCommand command) throws CommandException {
    long start = System.nanoTime();
    long interval = plan.interval().toNanos();
    long duration = plan.duration() == null ? -1 : plan.duration().toNanos();
    // all times below count from the start
    Ticks ticks = new Ticks(interval, Instant.now().getNano());
    long end = Long.MAX_VALUE / 2;
    if (duration >= 0) {
      end = command == null ? interval + duration : duration;
    }
    while (true) {
      stop.awaitUntil(start + Math.min(ticks.next(), end));
      store(() -> feeds.deliver(this));
      if (stop.stopped()) {
        return false;
      }
      if (command != null && command.ended()) {
        feeds.askLast();
        awaitAnswers();
        return false;
      }
      long now = System.nanoTime() - start;
      if (now >= ticks.next() && ticks.next() <= end) {
        store(this::tick);
        ticks.skipTo(now);
        progress.show(now, duration, samples());
      } else if (now >= end) {
        if (command != null) {
          command.terminate();
        }
        awaitAnswers();
        return command != null;
      }
    }
  }

  private void tick() throws IOException {
    feeds.ask();
    feeds.probePending(plan.sampleBound());
    output.tick();
  }

  /** Takes what was asked for and comes within a while. */
  private void awaitAnswers() throws CommandException {
    long end = System.nanoTime() + END_GRACE.toNanos();
    while (feeds.waiting() && !stop.stopped() && System.nanoTime() - end < 0) {
      stop.awaitUntil(end);
      store(() -> feeds.deliver(this));
    }
  }

  private void store(WriterThread.Job job) throws CommandException {
    try {
      job.run();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          about(output.kept(), e)
              + "; recording stopped, its "
              + samples()
              + " samples so far are kept there",
          e);
    }
  }

  @Override
  public void sampled(Feed feed, Snapshot snapshot) throws IOException {
    output.append(feed, snapshot);
    say(feed.sampled());
  }

  @Override
  public void missed(Feed feed, String why) {
    if (!stop.stopped()) {
      say(feed.missed(why));
    }
  }

  @Override
  public void restarted(Feed feed, long nanos) {
    say(feed.restarted(nanos));
  }

  private void say(String line) {
    if (line != null) {
      progress.end();
      messages.println(line);
    }
  }

  private List<Feed> recorded() {
    return feeds.all().stream().filter(feed -> feed.samples() > 0).toList();
  }

  private long samples() {
    return feeds.all().stream().mapToLong(Feed::samples).sum();
  }

  private void finish() throws CommandException {
    List<Feed> recorded = recorded();
    if (recorded.isEmpty()) {
      String trouble =
          feeds.all().stream()
              .map(feed -> feed.active() ? feed.trouble() : feed.probeTrouble())
              .filter(text -> text != null)
              .findFirst()
              .map(text -> ": " + text)
              .orElse("");
      throw new CommandException(
          ExitCode.FAILURE, plan.output() + ": not written: no sample" + trouble);
    }
    for (Feed feed : feeds.all()) {
      if (feed.samples() == 0) {
        messages.println(feed.what() + ": left out, it gave no sample");
      } else if (feed.unasked() > 0) {
        messages.println(
            feed.what()
                + ": answered more slowly than once an interval, "
                + feed.unasked()
                + (feed.unasked() == 1 ? " sample is missing" : " samples are missing"));
      }
    }
    try {
      output.finish(recorded).forEach(messages::println);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          about(plan.output().toString(), e)
              + "; the samples are kept in "
              + output.kept()
              + hint(),
          e);
    }
  }

  /** What makes a recording of a spool, in a process that may take more memory than this one. */
  private String hint() {
    return plan.format() == OutputFormat.PARQUET
        ? "; \"rezolus recording convert\" makes a recording of it"
        : "";
  }

  private static void remove(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // the process is about to end; the file is hidden and harmless
      return;
    }
  }

  /** What went wrong with a file, which the reason may name already. */
  private static String about(String file, IOException e) {
    String reason = FileTrouble.of(e);
    return reason.startsWith(file + ": ") ? reason : file + ": " + reason;
  }
}
