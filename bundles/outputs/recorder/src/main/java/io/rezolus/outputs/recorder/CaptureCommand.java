package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.FileTrouble;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code rezolus capture}: measures this machine for a while with the samplers of this process,
 * writes the recording and prints what it shows. Exists only where an agent runs in this process.
 */
@Component(service = Subcommand.class)
@Command(
    name = "capture",
    description = "Measures this machine for a while, writes a recording and prints a summary.",
    footer = {"", "Ctrl-C ends early, with the same result for the shorter time."})
public final class CaptureCommand implements Subcommand {
  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long to measure (default ${DEFAULT-VALUE}).")
  private Duration duration;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Time between samples (default ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "rezolus.parquet",
      description = "File to write (default ${DEFAULT-VALUE}).")
  private Path output;

  private final SampleSource source;
  private final StopSwitch stop;
  private final PrintStream out;
  private final PrintStream messages;

  @Activate
  public CaptureCommand(
      @Reference SnapshotSource snapshots, @Reference SamplerInventory inventory) {
    this(new LocalSource(snapshots, inventory), new StopSwitch(), System.out, System.err);
  }

  CaptureCommand(SampleSource source, StopSwitch stop, PrintStream out, PrintStream messages) {
    this.source = source;
    this.stop = stop;
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() throws CommandException {
    RecordingPlan plan =
        new RecordingPlan(
            output,
            OutputFormat.PARQUET,
            false,
            interval,
            duration,
            Map.of(),
            Map.of(),
            null,
            null,
            List.of());
    Outputs.requireWritable(plan);
    // the console exists only where both standard input and output are a terminal
    ProgressLine progress = ProgressLine.on(messages, System.console() != null);
    try (StopSignals signals = new StopSignals(stop);
        Feeds feeds = new Feeds(List.of(Feed.of("this machine", source)), stop::wake)) {
      int status = new Recorder(plan, feeds, stop, signals, progress, messages).run();
      RecordingSummary.of(ParquetRecording.open(output)).print(out);
      return status;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE, output + ": cannot be summarised: " + FileTrouble.cause(e), e);
    }
  }
}
