package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.command.Ticks;
import io.rezolus.libs.recording.StagedFile;
import io.rezolus.libs.recording.spool.Spool;
import io.rezolus.libs.recording.spool.SpoolConverter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Takes samples into a spool and turns it into the recording in the end. */
final class Recorder {
  private final RecordingPlan plan;
  private final SampleSource source;
  private final StopSwitch stop;
  private final StopSignals signals;
  private final Progress progress;
  private final PrintStream messages;
  private long samples;
  private long firstNanos;
  private long lastNanos;
  private String trouble;
  private long missed;

  Recorder(
      RecordingPlan plan,
      SampleSource source,
      StopSwitch stop,
      StopSignals signals,
      Progress progress,
      PrintStream messages) {
    this.plan = plan;
    this.source = source;
    this.stop = stop;
    this.signals = signals;
    this.progress = progress;
    this.messages = messages;
  }

  /** Records, and returns the exit status. */
  int run() throws CommandException {
    stop.onStop(source::cancel);
    try (Spool spool = openSpool(plan.output())) {
      for (Path leftover : spool.leftovers()) {
        messages.println(
            leftover
                + ": left by a recording that did not finish; kept as it is (msgpack snapshots, one"
                + " after another); remove it if it is not needed");
      }
      Path partial = StagedFile.partial(plan.output());
      signals.beforeHalt(() -> remove(partial));
      WrappedCommand command = null;
      boolean timedOut = false;
      try {
        if (!plan.command().isEmpty()) {
          command = WrappedCommand.start(plan.command(), stop::wake);
          signals.beforeHalt(command::kill);
        }
        timedOut = loop(spool, command);
      } finally {
        progress.end();
        if (command != null && !command.ended()) {
          command.terminate();
        }
        if (samples == 0) {
          spool.discard();
        }
      }
      finish(spool);
      if (command == null) {
        return ExitCode.OK;
      }
      return timedOut ? ExitCode.TIMED_OUT : command.status();
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILURE, plan.output() + ": " + reason(e), e);
    }
  }

  /**
   * Refuses an output that could not be written in the end, before anything else is done for it.
   */
  static void requireWritable(Path output) throws CommandException {
    try (Spool trial = openSpool(output)) {
      trial.discard();
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  private static Spool openSpool(Path output) throws CommandException {
    Path absolute = output.toAbsolutePath();
    Path folder = absolute.getParent();
    if (Files.isDirectory(absolute)) {
      throw new CommandException(
          ExitCode.FAILURE, output + ": is a directory; name a file with --output");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.FAILURE, output + ": its folder " + folder + " does not exist");
    }
    if (Files.exists(absolute) && !Files.isWritable(absolute)) {
      throw new CommandException(ExitCode.FAILURE, output + ": exists and may not be replaced");
    }
    try {
      return Spool.create(absolute);
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  private static CommandException unwritable(Path output, IOException e) {
    return new CommandException(
        ExitCode.FAILURE, output + ": cannot be recorded to: " + reason(e), e);
  }

  /** Samples until the end; returns whether the duration cut a command short. */
  private boolean loop(Spool spool, WrappedCommand command) throws CommandException {
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
      if (stop.stopped()) {
        return false;
      }
      if (command != null && command.ended()) {
        sample(spool);
        return false;
      }
      long now = System.nanoTime() - start;
      if (now >= ticks.next() && ticks.next() <= end) {
        sample(spool);
        now = System.nanoTime() - start;
        ticks.skipTo(now);
        progress.show(now, duration, samples);
      } else if (now >= end) {
        return command != null;
      }
    }
  }

  private void sample(Spool spool) throws CommandException {
    byte[] snapshot;
    try {
      snapshot = source.sample();
    } catch (IOException e) {
      missed++;
      if (!stop.stopped() && !e.getMessage().equals(trouble)) {
        trouble = e.getMessage();
        progress.end();
        messages.println("sample missed: " + trouble + "; trying again every interval");
      }
      return;
    }
    if (trouble != null) {
      progress.end();
      messages.println("sampling again; " + missed + " missed");
      trouble = null;
    }
    Instant now = Instant.now();
    lastNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    if (samples == 0) {
      firstNanos = lastNanos;
    }
    try {
      spool.append(snapshot);
      samples++;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          spool.path()
              + ": "
              + reason(e)
              + "; recording stopped, its "
              + samples
              + " samples so far are kept there",
          e);
    }
  }

  private void finish(Spool spool) throws CommandException {
    if (samples == 0) {
      throw new CommandException(
          ExitCode.FAILURE,
          plan.output() + ": not written: no sample" + (trouble == null ? "" : ": " + trouble));
    }
    try {
      SpoolConverter.Conversion conversion =
          new SpoolConverter()
              .convert(
                  spool.path(),
                  plan.output(),
                  Footer.of(plan, source.details(), firstNanos, lastNanos));
      if (conversion.torn() != null) {
        throw new IOException(
            "only " + conversion.rows() + " of " + samples + " samples: " + conversion.torn());
      }
      spool.discard();
      String unit = conversion.rows() == 1 ? " sample" : " samples";
      messages.println(plan.output() + ": " + conversion.rows() + unit);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          plan.output() + ": " + reason(e) + "; the samples are kept in " + spool.path(),
          e);
    }
  }

  private static void remove(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // the process is about to end; the file is hidden and harmless
      return;
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
